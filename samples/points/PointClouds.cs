using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Fills spans with points and charges that follow from a seed alone.</summary>
public static class PointClouds
{
    /// <summary>Draws <paramref name="count"/> points of a distribution.</summary>
    public static Position[] Draw<TCloud>(TCloud cloud, int count, long seed)
        where TCloud : struct, IPointCloud
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Position[] points = new Position[count];
        Xoshiro256 random = new(seed);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = cloud.Draw(ref random);
        }

        return points;
    }

    /// <summary>Draws charges uniform in [-0.5, 0.5), the seeds' own, from a sequence apart from the points'.</summary>
    public static double[] Charges(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] charges = new double[count];
        Xoshiro256 random = new(unchecked(seed ^ 0x5DEECE66D));
        for (int i = 0; i < charges.Length; i++)
        {
            charges[i] = random.Between(-0.5, 0.5);
        }

        return charges;
    }
}

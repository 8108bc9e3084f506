using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Fills spans with points and charges that follow from a seed alone.</summary>
public static class PointClouds
{
    private const int PointsACheck = 1 << 16;

    /// <summary>Draws <paramref name="count"/> points of a distribution.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Position[] Draw<TCloud>(TCloud cloud, int count, long seed, CancellationToken cancellation = default)
        where TCloud : struct, IPointCloud
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Position[] points = new Position[count];
        Xoshiro256 random = new(seed);
        for (int i = 0; i < points.Length; i++)
        {
            if (i % PointsACheck == 0) cancellation.ThrowIfCancellationRequested();
            points[i] = cloud.Draw(ref random);
        }

        return points;
    }

    /// <summary>Draws charges uniform in [-0.5, 0.5), the seeds' own, from a sequence apart from the points'.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double[] Charges(int count, long seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] charges = new double[count];
        Xoshiro256 random = new(unchecked(seed ^ 0x5DEECE66D));
        for (int i = 0; i < charges.Length; i++)
        {
            if (i % PointsACheck == 0) cancellation.ThrowIfCancellationRequested();
            charges[i] = random.Between(-0.5, 0.5);
        }

        return charges;
    }
}

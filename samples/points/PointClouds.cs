using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Fills spans with points and charges that follow from a seed alone.</summary>
public static class PointClouds
{
    private const int PointsACheck = 1 << 16;

    /// <summary>Draws <paramref name="count"/> points of a distribution.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Position[] Draw<TCloud>(TCloud cloud, int count, long seed, CancellationToken cancellation = default)
        where TCloud : struct, IPointCloud => Draw(cloud, 0, count, seed, cancellation);

    /// <summary>Draws some points of a longer sequence: those before them are drawn and dropped, for how many numbers a point takes is known only then.</summary>
    /// <param name="cloud">The distribution.</param>
    /// <param name="first">The first point that is kept.</param>
    /// <param name="count">How many are kept.</param>
    /// <param name="seed">The seed of the whole sequence.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Position[] Draw<TCloud>(TCloud cloud, long first, int count, long seed, CancellationToken cancellation = default)
        where TCloud : struct, IPointCloud
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Position[] points = new Position[count];
        Xoshiro256 random = new(seed);
        for (long i = -first; i < points.Length; i++)
        {
            if (i % PointsACheck == 0) cancellation.ThrowIfCancellationRequested();
            Position at = cloud.Draw(ref random);
            if (i >= 0) points[i] = at;
        }

        return points;
    }

    /// <summary>Draws charges uniform in [-0.5, 0.5), the seeds' own, from a sequence apart from the points'.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double[] Charges(int count, long seed, CancellationToken cancellation = default) => Charges(0, count, seed, cancellation);

    /// <summary>Draws some charges of a longer sequence.</summary>
    /// <param name="first">The first charge that is kept.</param>
    /// <param name="count">How many are kept.</param>
    /// <param name="seed">The seed of the whole sequence.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double[] Charges(long first, int count, long seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] charges = new double[count];
        Xoshiro256 random = new(unchecked(seed ^ 0x5DEECE66D));
        for (long i = -first; i < charges.Length; i++)
        {
            if (i % PointsACheck == 0) cancellation.ThrowIfCancellationRequested();
            double charge = random.Between(-0.5, 0.5);
            if (i >= 0) charges[i] = charge;
        }

        return charges;
    }
}

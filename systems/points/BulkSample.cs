using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Tells from a sample of the points where nearly all of them lie: the middle one of each coordinate, and how far from it all but a few
/// are.
/// </summary>
internal sealed unsafe class BulkSample(Ledger ledger) : IDisposable
{
    // Fewer points cost no more as one leaf than outliers do.
    private const int FewestPoints = 512;
    /// <summary>Points of a sample.</summary>
    public const int Samples = 1024;


    // What is beyond costs two sums over all points each; so many take the time that the tree's own work takes.
    private const int Few = 64, Most = 512;
    private const int PointsAnOutlier = 16;

    // A sample misses the tail of a cloud: the rest may reach so much farther.
    private const double Margin = 4;

    private const double Gap = 1e30;

    // Four levels of the tree.
    private const double Worthwhile = 16;

    private readonly NativeBuffer<double> _values = new(ledger, "bound: sample", 4 * Samples);

    /// <summary>The middle of the points.</summary>
    public Position Centre { get; private set; }

    /// <summary>How far from it points may lie that are no outliers.</summary>
    public double Radius { get; private set; }

    /// <summary>The most points that may be outliers.</summary>
    public static int Limit(long points) => (int)Math.Clamp(points / PointsAnOutlier, Few, Most);

    /// <summary>Looks whether there may be outliers.</summary>
    /// <param name="input">The points.</param>
    /// <param name="points">How many they are.</param>
    /// <param name="halfWidth">Half width of the cube of all.</param>
    public bool Suspects(PointInput input, long points, double halfWidth)
    {
        int count = (int)Math.Min(points, Samples);
        for (int i = 0; i < count; i++) Take(i, At(input, points * i / count));
        return Suspects(count, points, halfWidth);
    }

    /// <summary>The same where the sample has been taken already.</summary>
    /// <param name="sample">At most <see cref="Samples"/> points, evenly strided.</param>
    /// <param name="points">How many there are in all.</param>
    /// <param name="halfWidth">Half width of the cube of all.</param>
    public bool Suspects(ReadOnlySpan<Position> sample, long points, double halfWidth)
    {
        for (int i = 0; i < sample.Length; i++) Take(i, sample[i]);
        return Suspects(sample.Length, points, halfWidth);
    }

    private void Take(int i, in Position point)
    {
        double* x = _values.Pointer, y = x + Samples, z = y + Samples;
        (x[i], y[i], z[i]) = (point.X, point.Y, point.Z);
    }

    private bool Suspects(int count, long points, double halfWidth)
    {
        if (points < 2) return false;
        double* x = _values.Pointer, y = x + Samples, z = y + Samples, reach = z + Samples;
        Position centre = new(Middle(x, reach, count), Middle(y, reach, count), Middle(z, reach, count));
        for (int i = 0; i < count; i++)
            reach[i] = Math.Max(Math.Abs(x[i] - centre.X), Math.Max(Math.Abs(y[i] - centre.Y), Math.Abs(z[i] - centre.Z)));
        new Span<double>(reach, count).Sort();
        Centre = centre;
        if (points < FewestPoints) return HasGap(reach, count);
        int left = (int)(Limit(points) * (long)count / points) + 3;
        Radius = Margin * reach[Math.Max(0, count - 1 - left)];
        return Radius > 0 && halfWidth > Worthwhile * Radius;
    }

    // Few points are cheap whatever lies between them, but not in one unit of length where their distances spread too far.
    private bool HasGap(double* reach, int count)
    {
        for (int i = 0; i + 1 < count; i++)
        {
            if (reach[i] == 0 || !(reach[i + 1] / Gap > reach[i])) continue;
            Radius = Margin * reach[i];
            return true;
        }
        return false;
    }

    public void Dispose() => _values.Dispose();

    private static Position At(PointInput input, long index) =>
        index < input.Sources.Length ? input.Sources.Pointer[index] : input.Targets.Pointer[index - input.Sources.Length];

    private static double Middle(double* values, double* scratch, int count)
    {
        Span<double> sorted = new(scratch, count);
        new ReadOnlySpan<double>(values, count).CopyTo(sorted);
        sorted.Sort();
        return sorted[count / 2];
    }
}

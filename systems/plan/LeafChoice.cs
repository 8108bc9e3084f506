namespace Fmm.Systems;

/// <summary>A leaf capacity that balances near field and translations when the user names none.</summary>
internal static class LeafChoice
{
    private const int LargestSingle = 200;

    /// <summary>
    /// A point's near field costs 27 leaves of pairs, and its share of a leaf's M2L is 1664 multiply-adds a frequency over the
    /// leaf's points: the two are equal where the capacity grows with the root of the number of frequencies. The factor was
    /// measured with a million points in a cube: it puts the change from 30 to 244 points a leaf between orders 7 and 8.
    /// </summary>
    /// <remarks>
    /// In single precision a leaf's points are rounded to 2^-25 of its half width, and the closest pairs on a surface feel it: a
    /// million points on a sphere measured 2.9e-6 with leaves of 200 and 4.8e-6 with 302, whatever the order. Leaves therefore do
    /// not grow further there.
    /// </remarks>
    public static int For(Expansion expansion, Precision precision)
    {
        double frequencies = (double)expansion.FrequencyCount * expansion.SourceComponents * expansion.PotentialComponents;
        return (int)Math.Clamp(6.3 * Math.Sqrt(frequencies), 32, precision == Precision.Single ? LargestSingle : 1024);
    }
}

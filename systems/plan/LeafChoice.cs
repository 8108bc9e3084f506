namespace Fmm.Systems;

/// <summary>A leaf capacity that balances near field and translations when the user names none.</summary>
internal static class LeafChoice
{
    /// <summary>
    /// A point's near field costs 27 leaves of pairs, and its share of a leaf's M2L is 1664 multiply-adds a frequency over the
    /// leaf's points: the two are equal where the capacity grows with the root of the number of frequencies. The factor was
    /// measured with a million points in a cube: it puts the change from 30 to 244 points a leaf between orders 7 and 8.
    /// </summary>
    public static int For(Expansion expansion)
    {
        double frequencies = (double)expansion.FrequencyCount * expansion.SourceComponents * expansion.PotentialComponents;
        return (int)Math.Clamp(6.3 * Math.Sqrt(frequencies), 32, 1024);
    }
}

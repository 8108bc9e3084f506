namespace Fmm.Systems;

/// <summary>A leaf capacity that balances near field and translations when the user names none.</summary>
internal static class LeafChoice
{
    /// <summary>
    /// The near field of a point costs 27 leaves' worth of pairs, its share of a leaf's translations falls with the leaf's size.
    /// The two are about equal at a capacity that grows with the translations' cost, p^3 a box.
    /// </summary>
    public static int For(Expansion expansion, Precision precision)
    {
        double translations = (double)expansion.FrequencyCount * expansion.SourceComponents * expansion.PotentialComponents;
        double balanced = (precision == Precision.Single ? 4 : 3) * Math.Sqrt(translations);
        return (int)Math.Clamp(balanced, 32, 1024);
    }
}

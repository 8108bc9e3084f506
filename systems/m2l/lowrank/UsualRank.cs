namespace Fmm.Systems;

/// <summary>The rank of the low-rank M2L before anything is decomposed: what is asked for, or about what the order's tolerance asks for.</summary>
internal static class UsualRank
{
    // Ranks that TransferTolerance asks for, Laplace, by order from 2 on.
    private static ReadOnlySpan<int> OfOrder => [8, 26, 44, 67, 97, 135, 160, 190, 230, 270, 310, 350, 390, 430, 470];

    private static ReadOnlySpan<int> OfOrderSingle => [8, 26, 44, 67, 97, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100];

    /// <summary>The rank for expansions of the given sizes; those of vectors are so many times longer.</summary>
    public static int Of(ExpansionSizes expansion, Precision precision) => Math.Min(
        expansion.Rank ?? Of(expansion.Order, precision) * Math.Max(expansion.SourceComponents, expansion.PotentialComponents), expansion.CheckCount);

    /// <summary>The rank that the tolerance of an order asks for, for a kernel of one component.</summary>
    public static int Of(int order, Precision precision) => (precision == Precision.Single ? OfOrderSingle : OfOrder)[order - FmmOptions.SmallestOrder];
}

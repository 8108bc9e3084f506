namespace Fmm.Systems;

/// <summary>How much of the transfer matrices the compressed strategy may drop.</summary>
internal static class TransferTolerance
{
    private static ReadOnlySpan<double> Doubles =>
        [0, 0, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 2e-10, 3e-11, 1e-11, 3e-12, 1e-12, 2e-13, 5e-14, 1e-14];

    /// <summary>The root of the share of the squares of all elements that may be lost.</summary>
    public static double Of(int order, bool single) => single ? Math.Max(Doubles[order], 1e-8) : Doubles[order];
}

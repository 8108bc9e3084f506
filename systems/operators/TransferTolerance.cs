namespace Fmm.Systems;

/// <summary>How much of the transfer matrices the compressed strategy may drop.</summary>
internal static class TransferTolerance
{
    // A fifth of each order's error, see FmmOptions. Measured (120,000 points in the cube, leaves of 100): what is dropped changes
    // the field by 0.2 to 0.3 of the order's error, which adds 2 to 4 % to it.
    private static ReadOnlySpan<double> OfOrder =>
        [0, 0, 5e-3, 2e-4, 3e-5, 3e-6, 2.5e-7, 4e-8, 6e-9, 7e-10, 1.4e-10, 2e-11, 4.5e-12, 8e-13, 2e-13, 6e-14, 2e-14];

    // Below this, single precision's own rounding is larger.
    private const double SinglePrecision = 3e-8;

    /// <summary>The root of the share of the squares of all elements that may be lost, to the common basis and to each class.</summary>
    public static double Of(int order, bool single) => single ? Math.Max(OfOrder[order], SinglePrecision) : OfOrder[order];
}

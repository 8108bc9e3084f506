namespace Fmm.Systems;

/// <summary>How much of the transfer matrices the compressed strategy may drop.</summary>
internal static class TransferTolerance
{
    // Measured (60,000 points in the cube, leaves of 120, from order 11 on of 250, double precision): what is dropped adds 4 % to the
    // order's own error at orders 12 and 13, and 1 % at order 14. At order 6, 3.3 times the tolerance added 18 %, at order 8, 3.8 times
    // added 37 %, and at order 11, 7.7 times doubled the error.
    private static ReadOnlySpan<double> OfOrder =>
        [0, 0, 2.5e-3, 1e-4, 1.5e-5, 1.2e-6, 7.5e-8, 1.2e-8, 1.6e-9, 1.5e-10, 2.1e-11, 2.6e-12, 4e-13, 5e-14, 6e-15, 1.5e-15, 4e-16];

    // Below this, single precision's own rounding is larger.
    private const double SinglePrecision = 3e-8;

    /// <summary>The root of the share of the squares of all elements that may be lost, to the common basis and to each class.</summary>
    public static double Of(int order, bool single) => single ? Math.Max(OfOrder[order], SinglePrecision) : OfOrder[order];
}

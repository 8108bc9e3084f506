namespace Fmm.Systems;

/// <summary>How much of the kernel the series of P2M and L2P may leave out.</summary>
internal static class SeriesTolerance
{
    // Below this, single precision's own rounding is larger.
    private const double SinglePrecision = 1e-8;

    // Twice the order's error on a surface. The farther a point, the less is missing: measured (200,000 points in the cube and on the
    // sphere, orders 4 to 12), that adds half a percent to the error of the potential and one to two to that of the gradient; a quarter
    // of it adds nothing and takes a tenth more coefficients, and two and a half times as much adds 4 and 10 percent.
    private static ReadOnlySpan<double> OfOrder =>
        [0, 0, 5.6e-2, 2e-3, 1.3e-4, 1.4e-5, 1.2e-6, 1.2e-7, 1.2e-8, 1.4e-9, 1.8e-10, 2e-11, 3e-12, 6e-13, 7e-14, 1.5e-14, 4e-15];

    /// <summary>The root of the share of the mean square on the outer surface.</summary>
    public static double Of(int order, bool single) => single ? Math.Max(OfOrder[order], SinglePrecision) : OfOrder[order];
}

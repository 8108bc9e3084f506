namespace Fmm.Systems;

/// <summary>
/// Relative L2 errors of the potential by order, from <c>perf -- errors</c>: 100,000 points, charges +-0.5. Points that fill a volume
/// have up to three times the error of points on a surface, where the neighbours make more of the field.
/// </summary>
internal static class ErrorOfOrder
{
    /// <summary>
    /// The worst of many clouds, sizes and charges over the table: how far the charges cancel alone makes a factor of two between
    /// draws of the same cloud.
    /// </summary>
    private const double Worst = 2.1;

    // Rounding in single precision, where leaves are those that the engine chooses.
    private const double SingleVolume = 7e-7;
    private const double SingleSurface = 2.6e-6;

    // Between the cube's and the Plummer model's; between the sphere's and the plane's.
    private static ReadOnlySpan<double> Volume =>
        [4.9e-2, 2.4e-3, 1.7e-4, 1.8e-5, 1.5e-6, 1.55e-7, 1.8e-8, 2.0e-9, 2.5e-10, 3.4e-11, 4.3e-12, 6.5e-13, 1.5e-13, 1e-13, 1e-13];

    private static ReadOnlySpan<double> Surface =>
        [2.8e-2, 1.0e-3, 6.5e-5, 7.0e-6, 5.8e-7, 6.0e-8, 6.2e-9, 7.0e-10, 9.0e-11, 9.9e-12, 1.5e-12, 4e-13, 3.7e-13, 3.7e-13, 3.7e-13];

    /// <summary>The error of an order on a surface: the smaller one.</summary>
    public static double Least(int order) => Surface[order - FmmOptions.SmallestOrder];

    /// <summary>The error of an order in a volume: the larger one.</summary>
    public static double Most(int order) => Volume[order - FmmOptions.SmallestOrder];

    /// <summary>The smallest order whose usual error is within a tolerance; the largest order if none is.</summary>
    /// <param name="tolerance">Relative error.</param>
    /// <param name="precision">Precision of the hot loops.</param>
    /// <param name="surface">Whether the points lie on a surface.</param>
    public static int Usual(double tolerance, Precision precision, bool surface)
    {
        double rounding = precision == Precision.Double ? 0 : surface ? SingleSurface : SingleVolume;
        return First(surface ? Surface : Volume, tolerance, rounding);
    }

    /// <summary>The smallest order that keeps a tolerance whatever the points; the largest order if none does.</summary>
    public static int Safe(double tolerance, Precision precision) =>
        First(Volume, tolerance / Worst, precision == Precision.Double ? 0 : SingleVolume / Worst);

    private static int First(ReadOnlySpan<double> errors, double tolerance, double rounding)
    {
        for (int i = 0; i < errors.Length; i++)
        {
            // Where rounding alone exceeds the tolerance, a higher order is of no use once it adds little to it.
            double reachable = Math.Max(tolerance, 1.1 * rounding);
            if (Math.Sqrt((errors[i] * errors[i]) + (rounding * rounding)) <= reachable) return i + FmmOptions.SmallestOrder;
        }
        return FmmOptions.LargestOrder;
    }
}

namespace Fmm.Systems;

/// <summary>
/// Relative L2 errors of the potential by order, from <c>perf -- errors --n 1e6</c> (orders 2 to 9) and <c>--n 1e5</c>, charges +-0.5.
/// Points that fill a volume have up to twice the error of points on a surface, where the neighbours make more of the field.
/// </summary>
internal static class ErrorOfOrder
{
    /// <summary>
    /// What the worst of many clouds and charges measured over the table: 1.11e-7 at order 8, a small Plummer model whose charges
    /// cancel more than most.
    /// </summary>
    private const double Worst = 2.1;

    // Rounding in single precision, where leaves are those that the engine chooses.
    private const double SingleVolume = 7e-7;
    private const double SingleSurface = 2.6e-6;

    private static ReadOnlySpan<double> Volume =>
        [4.9e-2, 1.8e-3, 2.4e-4, 2.0e-5, 2.6e-6, 3.3e-7, 5.5e-8, 6.2e-9, 9.5e-10, 1.6e-10, 2.9e-11, 5.3e-12, 1.5e-12, 4e-13, 1.6e-13];

    private static ReadOnlySpan<double> Surface =>
        [2.8e-2, 1.1e-3, 1.4e-4, 1.1e-5, 1.4e-6, 1.7e-7, 2.7e-8, 3.5e-9, 5.0e-10, 8e-11, 1.2e-11, 2.6e-12, 8e-13, 5e-13, 3.7e-13];

    /// <summary>The error of an order on a surface: the smaller one.</summary>
    public static double Least(int order) => Surface[order - FmmOptions.SmallestOrder];

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

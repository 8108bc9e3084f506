namespace Fmm.Systems;

/// <summary>Relative L2 errors of the potential by order, measured; from <c>perf -- errors</c>.</summary>
internal static class ErrorOfOrder
{
    /// <summary>The smallest error of an order among the clouds.</summary>
    public static double Least(int order) => Surface[order - 1];

    private static ReadOnlySpan<double> Surface =>
        [1, 2.04e-2, 1.01e-3, 1.38e-4, 1.04e-5, 1.29e-6, 1.70e-7, 2.65e-8, 3.55e-9, 4.85e-10, 8e-11, 1.17e-11, 2.3e-12, 8e-13, 3e-13, 1e-13];
}

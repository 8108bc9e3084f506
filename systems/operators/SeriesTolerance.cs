namespace Fmm.Systems;

/// <summary>How much of the kernel the series of P2M and L2P may leave out.</summary>
internal static class SeriesTolerance
{
    /// <summary>
    /// The root of the share of the mean square on the outer surface. The farther a point, the less is missing: measured (200,000 points
    /// in the cube and on the sphere, orders 4 to 12), twice the order's error on a surface adds half a percent to the error of the
    /// potential and one to two to that of the gradient; 0.5 times adds nothing and takes a tenth more coefficients, and 5 times adds 4
    /// and 10 percent.
    /// </summary>
    public static double Of(int order, bool single) => Math.Max(single ? 1e-8 : 1e-16, 2 * ErrorOfOrder.Least(order));
}

namespace Fmm.Systems;

/// <summary>How much of the kernel the series of P2M and L2P may leave out.</summary>
internal static class SeriesTolerance
{
    /// <summary>The root of the share of the mean square on the outer surface.</summary>
    public static double Of(int order, bool single) => Math.Max(single ? 1e-8 : 1e-16, 0.5 * ErrorOfOrder.Least(order));
}

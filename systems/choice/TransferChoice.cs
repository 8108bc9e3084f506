namespace Fmm.Systems;

/// <summary>How M2L is carried out.</summary>
internal static class TransferChoice
{
    // Octets about an octet on a surface; in a volume they are up to 26.
    private const int Neighbours = 9;

    /// <summary>What the options name, or the choice.</summary>
    public static TransferMethod Of<TKernel>(FmmOptions options, TKernel kernel, int order)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Given(options) is TransferStrategy given ? TransferMethod.Of(given) : For(kernel, order, options.Precision);

    /// <summary>Whether the engine chooses.</summary>
    public static bool IsChosen(FmmOptions options) => Given(options) is null;

    /// <summary>Of those that offer themselves for a kernel, the one with the lowest cost of an octet at this order and precision on the reference machine.</summary>
    public static TransferMethod For<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        TransferMethod? best = null;
        double least = double.PositiveInfinity;
        foreach (TransferMethod method in TransferMethod.All)
        {
            if (!method.IsCandidate(kernel, order, precision)) continue;
            (double pair, double octet) = method.Cost(order, precision);
            double cost = (Neighbours * pair) + octet;
            if (cost < least) (best, least) = (method, cost);
        }
        return best!; // The transform serves every kernel.
    }

    // Who names a rank has named the strategy that has one.
    private static TransferStrategy? Given(FmmOptions options) =>
        options.Transfer ?? (options.Rank is null && options.LowRank.Tolerance is null ? null : TransferStrategy.LowRank);
}

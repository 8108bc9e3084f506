namespace Fmm.Systems;

/// <summary>The strategy of M2L when the user names none.</summary>
internal static class TransferChoice
{
    // Dense is the oracle of the tests and never the fastest.
    private static readonly TransferStrategy[] _candidates = [TransferStrategy.Fft];

    /// <summary>The candidate with the lowest cost of a pair of octets at this order and precision on the reference machine.</summary>
    public static TransferStrategy For(int order, Precision precision)
    {
        ReferenceCosts costs = ReferenceCosts.Of(precision);
        return _candidates.MinBy(strategy => costs.Transfer(strategy, order).Pair);
    }
}

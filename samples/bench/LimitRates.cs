namespace Fmm.Samples;

/// <summary>The rates of one precision on all threads.</summary>
/// <param name="FmaFlops">Floating-point operations a second of fused multiply-adds in registers; one of them counts as two.</param>
/// <param name="Pairs">The near field's loops, from the shortest root to the full one.</param>
internal sealed record LimitRates(double FmaFlops, IReadOnlyList<PairRates> Pairs)
{
    /// <summary>The rate that the near field of a case is held against: points are sources and targets at once.</summary>
    public double NearLimit(int order, bool gradient)
    {
        PairRates rates = Pairs.First(one => order <= one.LargestOrder);
        return gradient ? rates.MutualGradient : rates.Mutual;
    }
}

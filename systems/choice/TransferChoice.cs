namespace Fmm.Systems;

/// <summary>The strategy of M2L when the user names none.</summary>
internal static class TransferChoice
{
    // Beyond it the compressed operators take seconds to compute, and their tolerances are not measured.
    private const int LargestCompressed = 13;

    /// <summary>
    /// The candidate with the lowest cost of a pair of octets at this order and precision on the reference machine. Dense is the
    /// oracle of the tests and never the fastest. Compressed is none for a kernel without mirror images, nor for one with operators
    /// of their own on each level: they take three to five times as long to compute, which a few evaluations do not bring back.
    /// </summary>
    public static TransferStrategy For<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        if (TKernel.Degree is null || order > LargestCompressed || !KernelSymmetry.HasMirrors(kernel)) return TransferStrategy.Fft;
        ReferenceCosts costs = ReferenceCosts.Of(precision);
        double fft = costs.Transfer(TransferStrategy.Fft, order).Pair, compressed = costs.Transfer(TransferStrategy.Compressed, order).Pair;
        return compressed < fft ? TransferStrategy.Compressed : TransferStrategy.Fft;
    }
}

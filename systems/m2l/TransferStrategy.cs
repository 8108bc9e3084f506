namespace Fmm.Systems;

/// <summary>How M2L is carried out.</summary>
public enum TransferStrategy
{
    /// <summary>Octet by octet over the frequencies of the surfaces' lattice: O(p^3) a box.</summary>
    Fft,

    /// <summary>
    /// One dense matrix for each of 316 transfer vectors, applied by BLAS: O(p^4) a box, and never the fastest. It leaves nothing out, so
    /// that the others can be compared with it.
    /// </summary>
    Dense,

    /// <summary>
    /// The matrices of a level compressed to a common basis and then class by class, applied to the eight parities of an octet by
    /// matrix products. For kernels that keep to their mirror images.
    /// </summary>
    Compressed,

    /// <summary>
    /// The matrices of a level side by side, decomposed to a rank by a randomized singular value decomposition: see <see cref="FmmOptions.Rank"/>
    /// and <see cref="LowRankOptions"/>. For every kernel.
    /// </summary>
    LowRank,
}

namespace Fmm.Systems;

/// <summary>
/// What a kernel makes of the offset of a pair, before any charge is known: the offset, and up to four numbers that the kernel computes
/// from it once and takes for every charge and for both ends (1/r and a power of it, say). What the four mean is the kernel's own affair;
/// where all four are 0 the pair must contribute nothing.
/// </summary>
/// <typeparam name="TRegister">The register type: one pair a lane.</typeparam>
public struct PairBlock<TRegister>
    where TRegister : unmanaged
{
    /// <summary>The offset d, target minus source.</summary>
    public TRegister X, Y, Z;

    /// <summary>The kernel's own numbers; those that it does not set cost nothing.</summary>
    public TRegister A, B, C, D;
}

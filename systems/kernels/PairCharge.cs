namespace Fmm.Systems;

/// <summary>The charges of a register of sources: up to three components. A kernel reads those that it has.</summary>
/// <typeparam name="TRegister">The register type.</typeparam>
public struct PairCharge<TRegister>
    where TRegister : unmanaged
{
    /// <summary>Components 0, 1 and 2.</summary>
    public TRegister Q0, Q1, Q2;
}

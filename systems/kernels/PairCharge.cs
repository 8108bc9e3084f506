namespace Fmm.Systems;

/// <summary>The charges of a register of sources: up to six components. A kernel reads those that it has.</summary>
/// <typeparam name="TRegister">The register type.</typeparam>
public struct PairCharge<TRegister>
    where TRegister : unmanaged
{
    /// <summary>Components 0 to 5.</summary>
    public TRegister Q0, Q1, Q2, Q3, Q4, Q5;
}

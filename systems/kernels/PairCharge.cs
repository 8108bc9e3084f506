namespace Fmm.Systems;

/// <summary>One side's charges in a mutual evaluation: up to three components. A kernel reads those that it has.</summary>
/// <typeparam name="TLane">The register type.</typeparam>
public struct PairCharge<TLane>
    where TLane : unmanaged
{
    /// <summary>Components 0, 1 and 2.</summary>
    public TLane Q0, Q1, Q2;
}

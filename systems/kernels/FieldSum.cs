namespace Fmm.Systems;

/// <summary>
/// The running sums of a register of targets: up to three components of potential and the gradient of each.
/// A kernel adds to the fields that it uses; the others are never touched and cost nothing.
/// </summary>
/// <typeparam name="TRegister">The register type.</typeparam>
public struct FieldSum<TRegister>
    where TRegister : unmanaged
{
    /// <summary>Potential, components 0, 1 and 2.</summary>
    public TRegister P0, P1, P2;

    /// <summary>Gradient of component 0: its derivatives along x, y and z.</summary>
    public TRegister G0X, G0Y, G0Z;

    /// <summary>Gradient of component 1.</summary>
    public TRegister G1X, G1Y, G1Z;

    /// <summary>Gradient of component 2.</summary>
    public TRegister G2X, G2Y, G2Z;
}

namespace Fmm.Systems;

/// <summary>The running sums of a register of targets: the second derivatives of a potential of one number.</summary>
/// <typeparam name="TRegister">The register type.</typeparam>
public struct HessianSum<TRegister>
    where TRegister : unmanaged
{
    /// <summary>Derivatives along x and x, x and y, x and z.</summary>
    public TRegister XX, XY, XZ;

    /// <summary>Derivatives along y and y, y and z, z and z.</summary>
    public TRegister YY, YZ, ZZ;
}

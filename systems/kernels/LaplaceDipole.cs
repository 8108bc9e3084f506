using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Dipoles of the Laplace kernel, K(d) p = (p . d) / (4 pi |d|^3): the potential that a source with the moment p makes at d from it, which is minus
/// p . grad of a charge's. Three numbers a source, one a target.
/// </summary>
public readonly struct LaplaceDipole : IKernel<LaplaceDipole>
{
    /// <inheritdoc/>
    public static string Name => "laplace-dipole";

    /// <inheritdoc/>
    public static int SourceComponents => 3;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static int? Degree => -2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Odd;

    /// <inheritdoc/>
    public static double Normalisation(LaplaceDipole kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(LaplaceDipole kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => DipoleFormula.Block(dx, dy, dz);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => DipoleFormula.AddPotential(block, charge, ref sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => DipoleFormula.AddGradient(block, charge, ref sum);
}

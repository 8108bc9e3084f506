using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The pressure of a viscous fluid about point forces, K(d) f = (f . d) / (4 pi |d|^3), beside the velocity that <see cref="Stokes"/> gives: three
/// numbers a source, one a target, whatever the viscosity (Pozrikidis 1992, section 2.2).
/// </summary>
public readonly struct StokesPressure : IKernel<StokesPressure>
{
    /// <inheritdoc/>
    public static string Name => "stokes-pressure";

    /// <inheritdoc/>
    public static int SourceComponents => 3;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static int? Degree => -2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Odd;

    /// <inheritdoc/>
    public static double Normalisation(StokesPressure kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(StokesPressure kernel, TRegister dx, TRegister dy, TRegister dz)
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

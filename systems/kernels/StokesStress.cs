using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The stress in a viscous fluid about point forces, sigma_ij = -3 d_i d_j (f . d) / (4 pi |d|^5), whatever the viscosity: three numbers a source, six a
/// target, xx, xy, xz, yy, yz, zz. With a normal it is the traction; its trace is -3 times the pressure (Pozrikidis 1992, section 2.2).
/// </summary>
/// <remarks>There is no gradient: the sums of a target hold twelve numbers.</remarks>
public readonly struct StokesStress : IKernel<StokesStress>
{
    /// <inheritdoc/>
    public static string Name => "stokes-stress";

    /// <inheritdoc/>
    public static int SourceComponents => 3;

    /// <inheritdoc/>
    public static int PotentialComponents => 6;

    /// <inheritdoc/>
    public static int? Degree => -2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Odd;

    /// <inheritdoc/>
    public static double Normalisation(StokesStress kernel) => -3 / (4 * Math.PI);

    /// <summary>A = 1/r^5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(StokesStress kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = square * square * inverse };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister along = block.A * TRegister.MultiplyAdd(block.Z, charge.Q2, TRegister.MultiplyAdd(block.Y, charge.Q1, block.X * charge.Q0));
        TRegister x = along * block.X, y = along * block.Y, z = along * block.Z;
        sum.P0 = TRegister.MultiplyAdd(x, block.X, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(x, block.Y, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(x, block.Z, sum.P2);
        sum.P3 = TRegister.MultiplyAdd(y, block.Y, sum.P3);
        sum.P4 = TRegister.MultiplyAdd(y, block.Z, sum.P4);
        sum.P5 = TRegister.MultiplyAdd(z, block.Z, sum.P5);
    }
}

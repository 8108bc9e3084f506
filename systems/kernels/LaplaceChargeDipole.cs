using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Charges and dipoles of the Laplace kernel together, K(d) (q, p) = (q / |d| + p . d / |d|^3) / (4 pi): each source has a charge and a
/// moment, four numbers, q first, and makes one potential.
/// </summary>
/// <remarks>Half of it is even and half odd, so that near pairs are evaluated for each end by itself.</remarks>
public readonly struct LaplaceChargeDipole : IKernel<LaplaceChargeDipole>
{
    // The length of the unit that distances are in, over the user's: what a moment of 1 is in that unit. 0 in the default value stands for 1.
    private readonly double _moment;

    private LaplaceChargeDipole(double moment) => _moment = moment;

    private double Moment => _moment == 0 ? 1 : _moment;

    /// <inheritdoc/>
    public static string Name => "laplace-charge-dipole";

    /// <inheritdoc/>
    public static int SourceComponents => 4;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static double Normalisation(LaplaceChargeDipole kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryRescale(LaplaceChargeDipole kernel, double unit, out LaplaceChargeDipole rescaled, out double factor)
    {
        rescaled = new LaplaceChargeDipole(kernel.Moment * unit);
        factor = 1 / unit;
        return true;
    }

    /// <summary>A = 1/r, B = u/r^3, C = -1/r^3, D = -3 u/r^5, where u is the unit of moments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(LaplaceChargeDipole kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse, cube = square * inverse;
        TRegister moment = TRegister.Constant(1 / kernel.Moment) * cube;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = inverse, B = moment, C = TRegister.Zero - cube, D = TRegister.Constant(-3) * moment * square };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> =>
        sum.P0 = TRegister.MultiplyAdd(block.A, charge.Q0, TRegister.MultiplyAdd(block.B, Dot(block, charge), sum.P0));

    /// <inheritdoc/>
    /// <remarks>d_a phi = -q d_a / r^3 + p_a / r^3 - 3 (p . d) d_a / r^5.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister along = TRegister.MultiplyAdd(block.C, charge.Q0, block.D * Dot(block, charge));
        sum.G0X = TRegister.MultiplyAdd(along, block.X, TRegister.MultiplyAdd(block.B, charge.Q1, sum.G0X));
        sum.G0Y = TRegister.MultiplyAdd(along, block.Y, TRegister.MultiplyAdd(block.B, charge.Q2, sum.G0Y));
        sum.G0Z = TRegister.MultiplyAdd(along, block.Z, TRegister.MultiplyAdd(block.B, charge.Q3, sum.G0Z));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Dot<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge)
        where TRegister : unmanaged, IRegister<TRegister> =>
        TRegister.MultiplyAdd(block.Z, charge.Q3, TRegister.MultiplyAdd(block.Y, charge.Q2, block.X * charge.Q1));
}

using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The velocity of a viscous fluid about a double layer, u = 3 d (d . S d) / (4 pi |d|^5), whatever the viscosity: a source is a piece of a surface with density q, normal n and
/// area w, or any stresslet, and carries the symmetric tensor S = w (n q^T + q n^T) / 2, six numbers xx, xy, xz, yy, yz, zz; three numbers a target (Pozrikidis 1992, section 2.3; stresslets:
/// Batchelor 1970).
/// </summary>
/// <remarks>With the normal outward and constant q on a closed surface it is -q inside, -q/2 on the surface, and 0 outside.</remarks>
public readonly struct StokesDoubleLayer : IKernel<StokesDoubleLayer>
{
    /// <inheritdoc/>
    public static string Name => "stokes-double-layer";

    /// <inheritdoc/>
    public static int SourceComponents => 6;

    /// <inheritdoc/>
    public static int PotentialComponents => 3;

    /// <inheritdoc/>
    public static int? Degree => -2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Odd;

    /// <inheritdoc/>
    public static double Normalisation(StokesDoubleLayer kernel) => 3 / (4 * Math.PI);

    /// <summary>A = 1/r^5, B = -5/r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(StokesDoubleLayer kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = square * square * inverse, B = TRegister.Constant(-5) * square };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        Apply(block, charge, out TRegister x, out TRegister y, out TRegister z);
        TRegister along = block.A * Along(block, x, y, z);
        sum.P0 = TRegister.MultiplyAdd(along, block.X, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(along, block.Y, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(along, block.Z, sum.P2);
    }

    /// <inheritdoc/>
    /// <remarks>d_a u_c = (delta_ac d.Sd + 2 d_c (Sd)_a - 5 d_c d_a d.Sd / r^2) / r^5.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        Apply(block, charge, out TRegister x, out TRegister y, out TRegister z);
        TRegister along = block.A * Along(block, x, y, z), fall = along * block.B, twice = block.A + block.A;
        TRegister ax = TRegister.MultiplyAdd(fall, block.X, twice * x), ay = TRegister.MultiplyAdd(fall, block.Y, twice * y), az = TRegister.MultiplyAdd(fall, block.Z, twice * z);
        sum.G0X = TRegister.MultiplyAdd(block.X, ax, sum.G0X + along);
        sum.G0Y = TRegister.MultiplyAdd(block.X, ay, sum.G0Y);
        sum.G0Z = TRegister.MultiplyAdd(block.X, az, sum.G0Z);
        sum.G1X = TRegister.MultiplyAdd(block.Y, ax, sum.G1X);
        sum.G1Y = TRegister.MultiplyAdd(block.Y, ay, sum.G1Y + along);
        sum.G1Z = TRegister.MultiplyAdd(block.Y, az, sum.G1Z);
        sum.G2X = TRegister.MultiplyAdd(block.Z, ax, sum.G2X);
        sum.G2Y = TRegister.MultiplyAdd(block.Z, ay, sum.G2Y);
        sum.G2Z = TRegister.MultiplyAdd(block.Z, az, sum.G2Z + along);
    }

    // S d.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, out TRegister x, out TRegister y, out TRegister z)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        x = TRegister.MultiplyAdd(charge.Q2, block.Z, TRegister.MultiplyAdd(charge.Q1, block.Y, charge.Q0 * block.X));
        y = TRegister.MultiplyAdd(charge.Q4, block.Z, TRegister.MultiplyAdd(charge.Q3, block.Y, charge.Q1 * block.X));
        z = TRegister.MultiplyAdd(charge.Q5, block.Z, TRegister.MultiplyAdd(charge.Q4, block.Y, charge.Q2 * block.X));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Along<TRegister>(in PairBlock<TRegister> block, TRegister x, TRegister y, TRegister z)
        where TRegister : unmanaged, IRegister<TRegister> => TRegister.MultiplyAdd(block.Z, z, TRegister.MultiplyAdd(block.Y, y, block.X * x));
}

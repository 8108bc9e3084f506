using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The velocity about vortices, K(d) w = w x d / (4 pi |d|^3): each source is a vortex with its strength w, vorticity times volume, and induces the velocity of
/// the Biot-Savart law; the same makes the magnetic field of current elements. Three numbers a source, three a target; the gradient is that of the velocity, which stretches
/// the vortices (Winckelmans and Leonard 1993).
/// </summary>
public readonly struct BiotSavart : IKernel<BiotSavart>
{
    /// <inheritdoc/>
    public static string Name => "biot-savart";

    /// <inheritdoc/>
    public static int SourceComponents => 3;

    /// <inheritdoc/>
    public static int PotentialComponents => 3;

    /// <inheritdoc/>
    public static int? Degree => -2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Odd;

    /// <inheritdoc/>
    public static double Normalisation(BiotSavart kernel) => 1 / (4 * Math.PI);

    /// <summary>A = 1/r^3, B = -3/r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(BiotSavart kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = square * inverse, B = TRegister.Constant(-3) * square };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        Cross(block, charge, out TRegister x, out TRegister y, out TRegister z);
        sum.P0 = TRegister.MultiplyAdd(block.A, x, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(block.A, y, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(block.A, z, sum.P2);
    }

    /// <inheritdoc/>
    /// <remarks>d_a u_c = (-3 (w x d)_c d_a / r^2 + (w x e_a)_c) / r^3.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        Cross(block, charge, out TRegister x, out TRegister y, out TRegister z);
        TRegister fall = block.A * block.B, wx = block.A * charge.Q0, wy = block.A * charge.Q1, wz = block.A * charge.Q2;
        TRegister ax = fall * block.X, ay = fall * block.Y, az = fall * block.Z;
        sum.G0X = TRegister.MultiplyAdd(x, ax, sum.G0X);
        sum.G1Y = TRegister.MultiplyAdd(y, ay, sum.G1Y);
        sum.G2Z = TRegister.MultiplyAdd(z, az, sum.G2Z);
        sum.G0Y = TRegister.MultiplyAdd(x, ay, sum.G0Y - wz);
        sum.G0Z = TRegister.MultiplyAdd(x, az, sum.G0Z + wy);
        sum.G1X = TRegister.MultiplyAdd(y, ax, sum.G1X + wz);
        sum.G1Z = TRegister.MultiplyAdd(y, az, sum.G1Z - wx);
        sum.G2X = TRegister.MultiplyAdd(z, ax, sum.G2X - wy);
        sum.G2Y = TRegister.MultiplyAdd(z, ay, sum.G2Y + wx);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cross<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, out TRegister x, out TRegister y, out TRegister z)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        x = TRegister.NegatedMultiplyAdd(charge.Q2, block.Y, charge.Q1 * block.Z);
        y = TRegister.NegatedMultiplyAdd(charge.Q0, block.Z, charge.Q2 * block.X);
        z = TRegister.NegatedMultiplyAdd(charge.Q1, block.X, charge.Q0 * block.Y);
    }
}

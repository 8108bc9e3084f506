using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The field of a charge, d / |d|^3, as a user writes a kernel that is no function of the distance: one number a source, a vector at the target.</summary>
public readonly struct Pull : IKernel<Pull>
{
    public static string Name => "pull";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 3;

    public static int? Degree => -2;

    public static KernelParity Parity => KernelParity.Odd;

    // A = 1/r^3, B = 3/r^5.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Pull kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz)), cube = inverse * inverse * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = cube, B = TRegister.Constant(3) * cube * inverse * inverse };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister factor = block.A * charge.Q0;
        sum.P0 += factor * block.X;
        sum.P1 += factor * block.Y;
        sum.P2 += factor * block.Z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister a = block.A * charge.Q0, b = block.B * charge.Q0, bx = b * block.X, by = b * block.Y, bz = b * block.Z;
        sum.G0X += a - (bx * block.X);
        sum.G1Y += a - (by * block.Y);
        sum.G2Z += a - (bz * block.Z);
        sum.G0Y -= bx * block.Y;
        sum.G1X -= bx * block.Y;
        sum.G0Z -= bx * block.Z;
        sum.G2X -= bx * block.Z;
        sum.G1Z -= by * block.Z;
        sum.G2Y -= by * block.Z;
    }
}

using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that differs from its mirror images: distances are taken in a skewed space.</summary>
public readonly struct Skewed : IKernel<Skewed>
{
    private const double Skew = 0.3;

    public static string Name => "skewed";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => Laplace.Degree;

    public static double Normalisation(Skewed kernel) => Laplace.Normalisation(default);

    // X is that of the skewed space, A = 1/r, B = 1/r^3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Skewed kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister x = TRegister.MultiplyAdd(TRegister.Constant(Skew), dy, dx), inverse = TRegister.InverseSqrt((x * x) + (dy * dy) + (dz * dz));
        return new PairBlock<TRegister> { X = x, Y = dy, Z = dz, A = inverse, B = inverse * inverse * inverse };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 += block.A * charge.Q0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister force = block.B * charge.Q0;
        sum.G0X -= force * block.X;
        sum.G0Y -= force * TRegister.MultiplyAdd(TRegister.Constant(Skew), block.X, block.Y);
        sum.G0Z -= force * block.Z;
    }
}

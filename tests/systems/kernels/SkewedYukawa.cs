using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>Yukawa's kernel in a skewed space: it differs from its mirror images, and is lost below the smallest numbers at some lengths.</summary>
public readonly struct SkewedYukawa(double k) : IKernel<SkewedYukawa>
{
    private const double Skew = 0.3;
    private readonly Yukawa _yukawa = new(k);

    public static string Name => "skewed yukawa";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static string Parameters(SkewedYukawa kernel) => Yukawa.Parameters(kernel._yukawa);

    public static double Normalisation(SkewedYukawa kernel) => Yukawa.Normalisation(kernel._yukawa);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(SkewedYukawa kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister x = TRegister.MultiplyAdd(TRegister.Constant(Skew), dy, dx);
        Yukawa.Profile(kernel._yukawa, (x * x) + (dy * dy) + (dz * dz), out TRegister phi, out _);
        return new PairBlock<TRegister> { A = phi };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 += block.A * charge.Q0;
}

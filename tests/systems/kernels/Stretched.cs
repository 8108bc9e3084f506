using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that equals its mirror images but not those by permutations of the axes: distances along x count more.</summary>
public readonly struct Stretched : IKernel<Stretched>
{
    private const double Factor = 1.2;

    public static string Name => "stretched";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => Laplace.Degree;

    public static double Normalisation(Stretched kernel) => Laplace.Normalisation(default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Stretched kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister x = TRegister.Constant(Factor) * dx;
        return new PairBlock<TRegister> { A = TRegister.InverseSqrt((x * x) + (dy * dy) + (dz * dz)) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 += block.A * charge.Q0;
}

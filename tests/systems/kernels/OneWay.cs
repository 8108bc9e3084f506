using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that does not tell its parity: its near field goes target by target.</summary>
public readonly struct OneWay<TKernel>(TKernel kernel) : IKernel<OneWay<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly TKernel _kernel = kernel;

    public static string Name => "test one way";

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static string Parameters(OneWay<TKernel> kernel) => TKernel.Parameters(kernel._kernel);

    public static double Normalisation(OneWay<TKernel> kernel) => TKernel.Normalisation(kernel._kernel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(OneWay<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.Block(kernel._kernel, dx, dy, dz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddPotential(block, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddGradient(block, charge, ref sum);
}

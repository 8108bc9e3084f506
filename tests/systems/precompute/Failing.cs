using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel whose scalar form, and with it the precomputation, fails once after some evaluations.</summary>
public readonly struct Failing<TKernel>(TKernel kernel) : IKernel<Failing<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static int _left;
    private readonly TKernel _kernel = kernel;

    public static string Name => "failing " + TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static KernelParity Parity => TKernel.Parity;

    public static string Parameters(Failing<TKernel> kernel) => TKernel.Parameters(kernel._kernel);

    public static double Normalisation(Failing<TKernel> kernel) => TKernel.Normalisation(kernel._kernel);

    /// <summary>Lets the evaluation after so many more fail; 0 never.</summary>
    public static void FailAfter(int evaluations) => _left = evaluations;

    public static void Evaluate(Failing<TKernel> kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        if (_left > 0 && Interlocked.Decrement(ref _left) == 0) throw new InvalidOperationException("The kernel fails as it was told.");
        TKernel.Evaluate(kernel._kernel, dx, dy, dz, matrix);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Failing<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.Block(kernel._kernel, dx, dy, dz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddPotential(block, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => TKernel.AddGradient(block, charge, ref sum);
}

using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel whose scalar form, and with it the precomputation, fails once after some evaluations.</summary>
public readonly unsafe struct Failing<TKernel> : IKernel<Failing<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static int _left;
    private readonly TKernel _kernel;

    public Failing(TKernel kernel) => _kernel = kernel;

    public static string Name => "failing " + TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static int PairFlops(bool gradient) => TKernel.PairFlops(gradient);

    public static bool IsMutual => TKernel.IsMutual;

    public static int MutualPairFlops(bool gradient) => TKernel.MutualPairFlops(gradient);

    public string Parameters => _kernel.Parameters;

    public double Normalisation => _kernel.Normalisation;

    /// <summary>Lets the evaluation after so many more fail; 0 never.</summary>
    public static void FailAfter(int evaluations) => _left = evaluations;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        if (_left > 0 && Interlocked.Decrement(ref _left) == 0) throw new InvalidOperationException("The kernel fails as it was told.");
        _kernel.Evaluate(dx, dy, dz, matrix);
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => _kernel.EvaluateGradient(dx, dy, dz, matrix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Failing<TKernel>>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        _kernel.Potential(dx, dy, dz, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Failing<TKernel>>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        _kernel.PotentialAndGradient(dx, dy, dz, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Failing<TKernel>>.MutualPotential<T, TRegister>(
        Failing<TKernel> failing, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget) =>
        TKernel.MutualPotential<T, TRegister>(failing._kernel, dx, dy, dz, source, target, ref atSource, ref atTarget);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Failing<TKernel>>.MutualPotentialAndGradient<T, TRegister>(
        Failing<TKernel> failing, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget) =>
        TKernel.MutualPotentialAndGradient<T, TRegister>(failing._kernel, dx, dy, dz, source, target, ref atSource, ref atTarget);
}

using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel whose scalar form, and with it the precomputation, fails once after some evaluations.</summary>
public readonly unsafe struct Failing<TKernel>(TKernel kernel) : IKernel<Failing<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static int _left;

    public static string Name => "failing " + TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static int PairFlops(bool gradient) => TKernel.PairFlops(gradient);

    public string Parameters => kernel.Parameters;

    public double Normalisation => kernel.Normalisation;

    /// <summary>Lets the evaluation after so many more fail; 0 never.</summary>
    public static void FailAfter(int evaluations) => _left = evaluations;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        if (_left > 0 && Interlocked.Decrement(ref _left) == 0) throw new InvalidOperationException("The kernel fails as it was told.");
        kernel.Evaluate(dx, dy, dz, matrix);
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => kernel.EvaluateGradient(dx, dy, dz, matrix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Failing<TKernel>>.Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum) =>
        kernel.Potential(dx, dy, dz, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Failing<TKernel>>.PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum) =>
        kernel.PotentialAndGradient(dx, dy, dz, charge, ref sum);
}

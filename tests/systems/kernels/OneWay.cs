using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel without its mutual evaluation: its near field goes target by target.</summary>
public readonly unsafe struct OneWay<TKernel>(TKernel kernel) : IKernel<OneWay<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    public static string Name => "test one way";

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static int PairFlops(bool gradient) => TKernel.PairFlops(gradient);

    public string Parameters => kernel.Parameters;

    public double Normalisation => kernel.Normalisation;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => kernel.Evaluate(dx, dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => kernel.EvaluateGradient(dx, dy, dz, matrix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<OneWay<TKernel>>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        kernel.Potential(dx, dy, dz, charge, ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<OneWay<TKernel>>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        kernel.PotentialAndGradient(dx, dy, dz, charge, ref sum);
}

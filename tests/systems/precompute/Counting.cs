using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>
/// K = 1 for every pair, at distance zero too by the kernel itself: the field of unit charges is the number of sources elsewhere, so that a
/// pair which is left out or taken twice, or one at distance zero that counts, shows as an integer.
/// </summary>
public readonly unsafe struct Counting : IKernel<Counting>
{
    public static string Name => "test counting";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => 0;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => 1;

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => matrix[0] = 1;

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => matrix[..3].Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Counting>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        sum.P0 += TRegister.Broadcast(charge);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Counting>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        sum.P0 += TRegister.Broadcast(charge);
}

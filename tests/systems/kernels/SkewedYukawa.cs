using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>Yukawa's kernel in a skewed space: it differs from its mirror images, and is lost below the smallest numbers at some lengths.</summary>
public readonly unsafe struct SkewedYukawa(double k) : IKernel<SkewedYukawa>
{
    private const double Skew = 0.3;
    private readonly Yukawa _yukawa = new(k);

    public static string Name => "skewed yukawa";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => null;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => Yukawa.PairFlops(gradient);

    public string Parameters => _yukawa.Parameters;

    public double Normalisation => _yukawa.Normalisation;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => _yukawa.Evaluate(dx + (Skew * dy), dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<SkewedYukawa>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        Add(_yukawa, TRegister.MultiplyAdd(TRegister.Constant(Skew), dy, dx), dy, dz, charge, ref sum);

    void IKernel<SkewedYukawa>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        throw new NotSupportedException();

    private static void Add<TKernel, T, TRegister>(TKernel kernel, TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => kernel.Potential(dx, dy, dz, charge, ref sum);
}

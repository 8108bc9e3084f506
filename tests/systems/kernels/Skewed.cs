using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that differs from its mirror images: distances are taken in a skewed space.</summary>
public readonly unsafe struct Skewed : IKernel<Skewed>
{
    private const double Skew = 0.3;

    public static string Name => "skewed";

    public static int SourceComponents => Laplace.SourceComponents;

    public static int PotentialComponents => Laplace.PotentialComponents;

    public static int? Degree => Laplace.Degree;

    public static bool IsVector => Laplace.IsVector;

    public static int PairFlops(bool gradient) => Laplace.PairFlops(gradient);

    public string Parameters => "";

    public double Normalisation => default(Laplace).Normalisation;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => default(Laplace).Evaluate(dx + (Skew * dy), dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        default(Laplace).EvaluateGradient(dx + (Skew * dy), dy, dz, matrix);
        matrix[1] += Skew * matrix[0];
    }

    void IKernel<Skewed>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        Add(default(Laplace), TRegister.MultiplyAdd(TRegister.Constant(Skew), dy, dx), dy, dz, charge, ref sum);

    void IKernel<Skewed>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        FieldSum<TRegister> own = default;
        AddGradient(default(Laplace), TRegister.MultiplyAdd(TRegister.Constant(Skew), dy, dx), dy, dz, charge, ref own);
        sum.P0 += own.P0;
        sum.G0X += own.G0X;
        sum.G0Y += TRegister.MultiplyAdd(TRegister.Constant(Skew), own.G0X, own.G0Y);
        sum.G0Z += own.G0Z;
    }

    private static void Add<TKernel, T, TRegister>(TKernel kernel, TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => kernel.Potential(dx, dy, dz, charge, ref sum);

    private static void AddGradient<TKernel, T, TRegister>(TKernel kernel, TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => kernel.PotentialAndGradient(dx, dy, dz, charge, ref sum);
}

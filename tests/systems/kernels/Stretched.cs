using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that equals its mirror images but not those by permutations of the axes: distances along x count more.</summary>
public readonly unsafe struct Stretched : IKernel<Stretched>
{
    private const double Factor = 1.2;

    public static string Name => "stretched";

    public static int SourceComponents => Laplace.SourceComponents;

    public static int PotentialComponents => Laplace.PotentialComponents;

    public static int? Degree => Laplace.Degree;

    public static bool IsVector => Laplace.IsVector;

    public static int PairFlops(bool gradient) => Laplace.PairFlops(gradient);

    public string Parameters => "";

    public double Normalisation => default(Laplace).Normalisation;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => default(Laplace).Evaluate(Factor * dx, dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<Stretched>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        ((IKernel<Laplace>)default(Laplace)).Potential(TRegister.Constant(Factor) * dx, dy, dz, charge, ref sum);

    void IKernel<Stretched>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        throw new NotSupportedException();
}

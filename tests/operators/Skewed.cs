using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that differs from its mirror images: distances are taken in a skewed space.</summary>
public readonly unsafe struct Skewed : IKernel<Skewed>
{
    public static string Name => "skewed";

    public static int SourceComponents => Laplace.SourceComponents;

    public static int PotentialComponents => Laplace.PotentialComponents;

    public static int? Degree => Laplace.Degree;

    public static bool IsVector => Laplace.IsVector;

    public static int PairFlops(bool gradient) => Laplace.PairFlops(gradient);

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => default(Laplace).Evaluate(dx + (0.3 * dy), dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<Skewed>.Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum) =>
        throw new NotSupportedException();

    void IKernel<Skewed>.PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum) =>
        throw new NotSupportedException();
}

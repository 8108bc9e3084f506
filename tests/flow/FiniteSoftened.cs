using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>K = 1 / sqrt(r^2 + e^2), finite at 0 in its registers, as a user writes it.</summary>
public readonly unsafe struct FiniteSoftened(double softening) : IKernel<FiniteSoftened>
{
    private readonly double _square = softening * softening;

    public static string Name => "finite softened";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => null;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => 10;

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : 1 / Math.Sqrt(r2 + _square);
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<FiniteSoftened>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = (dx * dx) + (dy * dy) + (dz * dz);
        sum.P0 += TRegister.InverseSqrt(r2 + TRegister.Constant(_square)) * TRegister.Broadcast(charge);
    }

    void IKernel<FiniteSoftened>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        throw new NotSupportedException();
}

using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>1 / r whose wide form is not a number beyond r = 4: what no check at usual distances sees.</summary>
public readonly unsafe struct Bursting : IKernel<Bursting>
{
    public static string Name => "bursting";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    // With a degree lengths would be scaled, and none of 4 ever met.
    public static int? Degree => null;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => 10;

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : 1 / Math.Sqrt(r2);
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<Bursting>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = (dx * dx) + (dy * dy) + (dz * dz), infinite = TRegister.Exp(TRegister.Constant(50) * r2);
        sum.P0 += TRegister.MultiplyAdd(infinite, TRegister.Zero, TRegister.InverseSqrt(r2)) * TRegister.Broadcast(charge);
    }

    void IKernel<Bursting>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        throw new NotSupportedException();
}

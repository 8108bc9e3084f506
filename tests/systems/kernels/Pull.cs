using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A kernel whose rows and columns differ: one number a source, a vector at the target, r / |r|^3.</summary>
public readonly unsafe struct Pull : IKernel<Pull>
{
    public static string Name => "pull";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 3;

    public static int? Degree => -2;

    public static bool IsVector => true;

    public static int PairFlops(bool gradient) => 1;

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz), factor = r2 == 0 ? 0 : 1 / (r2 * Math.Sqrt(r2));
        (matrix[0], matrix[1], matrix[2]) = (factor * dx, factor * dy, factor * dz);
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => throw new NotSupportedException();

    void IKernel<Pull>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz));
        TRegister factor = inverse * inverse * inverse * TRegister.Broadcast(charge);
        sum.P0 += factor * dx;
        sum.P1 += factor * dy;
        sum.P2 += factor * dz;
    }

    void IKernel<Pull>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        throw new NotSupportedException();
}

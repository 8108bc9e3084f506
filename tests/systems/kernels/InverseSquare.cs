using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>K = 1 / r^2, which solves no elliptic equation in three dimensions: all that it declares is true, and yet expansions miss it.</summary>
public readonly unsafe struct InverseSquare : IKernel<InverseSquare>
{
    public static string Name => "inverse square";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => -2;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => gradient ? 15 : 8;

    public string Parameters => "";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : 1 / r2;
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz), g = r2 == 0 ? 0 : -2 / (r2 * r2);
        (matrix[0], matrix[1], matrix[2]) = (g * dx, g * dy, g * dz);
    }

    void IKernel<InverseSquare>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz));
        sum.P0 = TRegister.MultiplyAdd(inverse * inverse, TRegister.Broadcast(charge), sum.P0);
    }

    void IKernel<InverseSquare>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz)), i2 = inverse * inverse;
        TRegister field = i2 * TRegister.Broadcast(charge), g = TRegister.Constant(-2) * field * i2;
        sum.P0 += field;
        sum.G0X = TRegister.MultiplyAdd(g, dx, sum.G0X);
        sum.G0Y = TRegister.MultiplyAdd(g, dy, sum.G0Y);
        sum.G0Z = TRegister.MultiplyAdd(g, dz, sum.G0Z);
    }
}

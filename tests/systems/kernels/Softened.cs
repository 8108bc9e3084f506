using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>Gravity softened below a length, K = 1 / sqrt(r^2 + e^2), nothing at r = 0: it solves no elliptic equation near that length.</summary>
public readonly unsafe struct Softened(double softening) : IKernel<Softened>
{
    public static string Name => "softened";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => null;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => gradient ? 18 : 10;

    public string Parameters => $"e={softening}";

    public double Normalisation => 1;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : 1 / Math.Sqrt(r2 + (softening * softening));
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz), s = r2 + (softening * softening), g = r2 == 0 ? 0 : -1 / (s * Math.Sqrt(s));
        (matrix[0], matrix[1], matrix[2]) = (g * dx, g * dy, g * dz);
    }

    void IKernel<Softened>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = (dx * dx) + (dy * dy) + (dz * dz), apart = TRegister.InverseSqrt(r2) * TRegister.Sqrt(r2);
        sum.P0 += apart * TRegister.InverseSqrt(r2 + TRegister.Constant(softening * softening)) * TRegister.Broadcast(charge);
    }

    void IKernel<Softened>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = (dx * dx) + (dy * dy) + (dz * dz), apart = TRegister.InverseSqrt(r2) * TRegister.Sqrt(r2);
        TRegister inverse = TRegister.InverseSqrt(r2 + TRegister.Constant(softening * softening)), field = apart * inverse * TRegister.Broadcast(charge);
        TRegister g = TRegister.Zero - (field * inverse * inverse);
        sum.P0 += field;
        sum.G0X = TRegister.MultiplyAdd(g, dx, sum.G0X);
        sum.G0Y = TRegister.MultiplyAdd(g, dy, sum.G0Y);
        sum.G0Z = TRegister.MultiplyAdd(g, dz, sum.G0Z);
    }
}

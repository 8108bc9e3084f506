using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>K = 1 / (4 r), with one thing that is not as it says.</summary>
public readonly unsafe struct Flawed<TFlaw> : IKernel<Flawed<TFlaw>>
    where TFlaw : struct, IFlaw
{
    public static string Name => "flawed";

    public static int SourceComponents => TFlaw.Sources;

    public static int PotentialComponents => TFlaw.Potentials;

    public static int? Degree => TFlaw.Degree;

    public static bool IsVector => false;

    public static int PairFlops(bool gradient) => 1;

    public static bool IsMutual => TFlaw.IsMutual;

    public static bool ShowsCoincidence => TFlaw.ShowsCoincidence;

    public string Parameters => "";

    public double Normalisation => TFlaw.Normalisation;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        for (int i = 0; i < TFlaw.Written; i++)
            matrix[i] = r2 == 0 ? (TFlaw.InfiniteAtZero ? double.PositiveInfinity : 0) : 0.25 * ((1 / Math.Sqrt(r2)) + (TFlaw.Lopsided * dx / r2));
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz), g = r2 == 0 ? 0 : -0.25 / (r2 * Math.Sqrt(r2));
        (matrix[0], matrix[1], matrix[2]) = (g * dx, g * dy, g * dz * TFlaw.ScalarSlope);
    }

    void IKernel<Flawed<TFlaw>>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz));
        TRegister field = TRegister.Constant(TFlaw.Wide) * TRegister.MultiplyAdd(TRegister.Constant(TFlaw.Lopsided) * dx * inverse, inverse, inverse) * TRegister.Broadcast(charge + TFlaw.Read);
        sum.P0 = TFlaw.Sets ? field : sum.P0 + field;
        if (TFlaw.AddsToSecond) sum.P1 += field;
    }

    void IKernel<Flawed<TFlaw>>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        if (!TFlaw.HasGradient) throw new NotSupportedException();
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz)), field = inverse * TRegister.Broadcast(charge);
        TRegister g = field * inverse * inverse;
        sum.P0 += field;
        sum.G0X -= g * dx;
        sum.G0Y -= g * dy * TRegister.Constant(TFlaw.Slope);
        sum.G0Z -= g * dz;
    }

    static void IKernel<Flawed<TFlaw>>.MutualPotential<T, TRegister>(
        Flawed<TFlaw> kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        if (!TFlaw.HasMutual) throw new NotSupportedException();
        TRegister r2 = (dx * dx) + (dy * dy) + (dz * dz), inverse = TRegister.InverseSqrt(TFlaw.ShowsCoincidence ? r2 + TRegister.Constant(1e-30) : r2);
        atTarget.P0 += inverse * source.Q0;
        atSource.P0 += inverse * target.Q0 * TRegister.Constant(TFlaw.AtSource);
    }

    static void IKernel<Flawed<TFlaw>>.MutualPotentialAndGradient<T, TRegister>(
        Flawed<TFlaw> kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        if (!TFlaw.HasMutual) throw new NotSupportedException();
        TRegister inverse = TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz)), cube = inverse * inverse * inverse;
        atTarget.P0 += inverse * source.Q0;
        atSource.P0 += inverse * target.Q0;
        TRegister there = cube * source.Q0, here = cube * target.Q0 * TRegister.Constant(TFlaw.AtSource);
        atTarget.G0X -= there * dx;
        atTarget.G0Y -= there * dy;
        atTarget.G0Z -= there * dz;
        atSource.G0X += here * dx;
        atSource.G0Y += here * dy;
        atSource.G0Z += here * dz;
    }
}

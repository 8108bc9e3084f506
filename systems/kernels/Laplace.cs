using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>The Laplace kernel K(d) = 1 / (4 pi |d|): the potential of a unit charge, or of a unit mass with the sign turned.</summary>
public readonly unsafe struct Laplace : IKernel<Laplace>
{
    /// <inheritdoc/>
    public static string Name => "laplace";

    /// <inheritdoc/>
    public static int SourceComponents => 1;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static int? Degree => -1;

    /// <inheritdoc/>
    public static bool IsVector => false;

    /// <inheritdoc/>
    public static int PairFlops(bool gradient) => gradient ? 21 : 11;

    /// <inheritdoc/>
    public static bool IsMutual => true;

    /// <inheritdoc/>
    public static bool ShowsCoincidence => true;

    /// <inheritdoc/>
    public static int MutualPairFlops(bool gradient) => gradient ? 28 : 13;

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public double Normalisation => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : Normalisation / Math.Sqrt(r2);
    }

    /// <inheritdoc/>
    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        double g = r2 == 0 ? 0 : -Normalisation / (r2 * Math.Sqrt(r2));
        matrix[0] = g * dx;
        matrix[1] = g * dy;
        matrix[2] = g * dz;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Laplace>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        sum.P0 = TRegister.MultiplyAdd(TRegister.InverseSqrt(r2), TRegister.Broadcast(charge), sum.P0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Laplace>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister potential = inverse * TRegister.Broadcast(charge);
        TRegister g = potential * (inverse * inverse);
        sum.P0 += potential;
        sum.G0X = TRegister.NegatedMultiplyAdd(g, dx, sum.G0X);
        sum.G0Y = TRegister.NegatedMultiplyAdd(g, dy, sum.G0Y);
        sum.G0Z = TRegister.NegatedMultiplyAdd(g, dz, sum.G0Z);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Laplace>.MutualPotential<T, TRegister>(
        Laplace kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        atSource.P0 = TRegister.MultiplyAdd(inverse, target.Q0, atSource.P0);
        atTarget.P0 = TRegister.MultiplyAdd(inverse, source.Q0, atTarget.P0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Laplace>.MutualPotentialAndGradient<T, TRegister>(
        Laplace kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister square = inverse * inverse;
        TRegister there = inverse * source.Q0, here = inverse * target.Q0;
        atTarget.P0 += there;
        atSource.P0 += here;
        there *= square;
        here *= square;
        atSource.G0X = TRegister.MultiplyAdd(here, dx, atSource.G0X);
        atSource.G0Y = TRegister.MultiplyAdd(here, dy, atSource.G0Y);
        atSource.G0Z = TRegister.MultiplyAdd(here, dz, atSource.G0Z);
        atTarget.G0X = TRegister.NegatedMultiplyAdd(there, dx, atTarget.G0X);
        atTarget.G0Y = TRegister.NegatedMultiplyAdd(there, dy, atTarget.G0Y);
        atTarget.G0Z = TRegister.NegatedMultiplyAdd(there, dz, atTarget.G0Z);
    }
}

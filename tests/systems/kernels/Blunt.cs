using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>
/// K = 1 / sqrt(r^2 + e^2), 1 / e at distance zero by the kernel itself, mutual, in any unit. With e far below the distances of the far field
/// it solves Laplace's equation there to (e / r)^2.
/// </summary>
public readonly unsafe struct Blunt(double length) : IKernel<Blunt>
{
    public static string Name => "test blunt";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => null;

    public static bool IsVector => false;

    public static bool IsMutual => true;

    public static int PairFlops(bool gradient) => gradient ? 18 : 10;

    public string Parameters => string.Create(CultureInfo.InvariantCulture, $"e={length}");

    public double Normalisation => 1;

    public static bool TryRescale(Blunt kernel, double unit, out Blunt rescaled, out double factor)
    {
        rescaled = new Blunt(kernel.Length / unit);
        factor = 1 / unit;
        return true;
    }

    private double Length => length;

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) =>
        matrix[0] = 1 / Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz) + (length * length));

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double s = (dx * dx) + (dy * dy) + (dz * dz) + (length * length), g = -1 / (s * Math.Sqrt(s));
        (matrix[0], matrix[1], matrix[2]) = (g * dx, g * dy, g * dz);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Blunt>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum) =>
        sum.P0 += Inverse<T, TRegister>(dx, dy, dz) * TRegister.Broadcast(charge);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Blunt>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister inverse = Inverse<T, TRegister>(dx, dy, dz), field = inverse * TRegister.Broadcast(charge), g = field * inverse * inverse;
        sum.P0 += field;
        sum.G0X -= g * dx;
        sum.G0Y -= g * dy;
        sum.G0Z -= g * dz;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Blunt>.MutualPotential<T, TRegister>(
        Blunt kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister inverse = kernel.Inverse<T, TRegister>(dx, dy, dz);
        atSource.P0 += inverse * target.Q0;
        atTarget.P0 += inverse * source.Q0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Blunt>.MutualPotentialAndGradient<T, TRegister>(
        Blunt kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister inverse = kernel.Inverse<T, TRegister>(dx, dy, dz), square = inverse * inverse;
        TRegister there = inverse * source.Q0, here = inverse * target.Q0;
        atTarget.P0 += there;
        atSource.P0 += here;
        there *= square;
        here *= square;
        atTarget.G0X -= there * dx;
        atTarget.G0Y -= there * dy;
        atTarget.G0Z -= there * dz;
        atSource.G0X += here * dx;
        atSource.G0Y += here * dy;
        atSource.G0Z += here * dz;
    }

    private TRegister Inverse<T, TRegister>(TRegister dx, TRegister dy, TRegister dz)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRegister : unmanaged, Fmm.Engine.IRegister<TRegister, T> =>
        TRegister.InverseSqrt((dx * dx) + (dy * dy) + (dz * dz) + TRegister.Constant(length * length));
}

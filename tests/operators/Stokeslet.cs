using System.Runtime.CompilerServices;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>
/// The velocity of a point force in a viscous fluid, (I / r + d d^T / r^3) / (8 pi): three numbers a source and three a target.
/// It stands in the tests so that nothing assumes one.
/// </summary>
public readonly unsafe struct Stokeslet : IKernel<Stokeslet>
{
    public static string Name => "test stokeslet";

    public static int SourceComponents => 3;

    public static int PotentialComponents => 3;

    public static int? Degree => -1;

    public static bool IsVector => true;

    public static int PairFlops(bool gradient) => gradient ? 80 : 27;

    public static bool IsMutual => true;

    public static int MutualPairFlops(bool gradient) => gradient ? 150 : 44;

    public string Parameters => "";

    public double Normalisation => 1 / (8 * Math.PI);

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        double i1 = r2 == 0 ? 0 : Normalisation / Math.Sqrt(r2), i3 = r2 == 0 ? 0 : i1 / r2;
        ReadOnlySpan<double> d = [dx, dy, dz];
        for (int c = 0; c < 3; c++)
        {
            for (int k = 0; k < 3; k++) matrix[(3 * c) + k] = (i3 * d[c] * d[k]) + (c == k ? i1 : 0);
        }
    }

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        double i3 = r2 == 0 ? 0 : Normalisation / (r2 * Math.Sqrt(r2)), i5 = r2 == 0 ? 0 : i3 / r2;
        ReadOnlySpan<double> d = [dx, dy, dz];
        for (int c = 0; c < 3; c++)
        {
            for (int a = 0; a < 3; a++)
            {
                for (int k = 0; k < 3; k++)
                {
                    double value = -3 * i5 * d[c] * d[k] * d[a];
                    if (c == k) value -= i3 * d[a];
                    if (a == c) value += i3 * d[k];
                    if (a == k) value += i3 * d[c];
                    matrix[(((3 * c) + a) * 3) + k] = value;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Stokeslet>.Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        TLane fx = TLane.Broadcast(charge), fy = TLane.Broadcast(charge + 1), fz = TLane.Broadcast(charge + 2);
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        TLane along = TLane.MultiplyAdd(dz, fz, TLane.MultiplyAdd(dy, fy, dx * fx)) * (inverse * inverse);
        sum.P0 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dx, fx), inverse, sum.P0);
        sum.P1 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dy, fy), inverse, sum.P1);
        sum.P2 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dz, fz), inverse, sum.P2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Stokeslet>.PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        ((IKernel<Stokeslet>)this).Potential(dx, dy, dz, charge, ref sum);
        TLane fx = TLane.Broadcast(charge), fy = TLane.Broadcast(charge + 1), fz = TLane.Broadcast(charge + 2);
        TLane i1 = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        TLane i2 = i1 * i1, i3 = i2 * i1;
        TLane dot = TLane.MultiplyAdd(dz, fz, TLane.MultiplyAdd(dy, fy, dx * fx));
        TLane a = TLane.Constant(-3) * dot * i2 * i3, b = dot * i3;
        // d_a u_c = -3 (d.f) d_c d_a / r^5 + (delta_ac (d.f) + d_c f_a - f_c d_a) / r^3
        sum.G0X += TLane.MultiplyAdd(a * dx, dx, b);
        sum.G0Y += TLane.MultiplyAdd(a * dx, dy, ((dx * fy) - (fx * dy)) * i3);
        sum.G0Z += TLane.MultiplyAdd(a * dx, dz, ((dx * fz) - (fx * dz)) * i3);
        sum.G1X += TLane.MultiplyAdd(a * dy, dx, ((dy * fx) - (fy * dx)) * i3);
        sum.G1Y += TLane.MultiplyAdd(a * dy, dy, b);
        sum.G1Z += TLane.MultiplyAdd(a * dy, dz, ((dy * fz) - (fy * dz)) * i3);
        sum.G2X += TLane.MultiplyAdd(a * dz, dx, ((dz * fx) - (fz * dx)) * i3);
        sum.G2Y += TLane.MultiplyAdd(a * dz, dy, ((dz * fy) - (fz * dy)) * i3);
        sum.G2Z += TLane.MultiplyAdd(a * dz, dz, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokeslet>.MutualPotential<T, TLane>(
        Stokeslet kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
        ref FieldSum<TLane> atSource, ref FieldSum<TLane> atTarget)
    {
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        Velocity<T, TLane>(dx, dy, dz, inverse, target, ref atSource);
        Velocity<T, TLane>(dx, dy, dz, inverse, source, ref atTarget);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokeslet>.MutualPotentialAndGradient<T, TLane>(
        Stokeslet kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
        ref FieldSum<TLane> atSource, ref FieldSum<TLane> atTarget)
    {
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        Velocity<T, TLane>(dx, dy, dz, inverse, target, ref atSource);
        Velocity<T, TLane>(dx, dy, dz, inverse, source, ref atTarget);
        Slope<T, TLane>(TLane.Zero - dx, TLane.Zero - dy, TLane.Zero - dz, inverse, target, ref atSource);
        Slope<T, TLane>(dx, dy, dz, inverse, source, ref atTarget);
    }

    // Even in d: the same on both sides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Velocity<T, TLane>(TLane dx, TLane dy, TLane dz, TLane inverse, in PairCharge<TLane> f, ref FieldSum<TLane> sum)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TLane : unmanaged, Engine.ILane<TLane, T>
    {
        TLane along = TLane.MultiplyAdd(dz, f.Q2, TLane.MultiplyAdd(dy, f.Q1, dx * f.Q0)) * (inverse * inverse);
        sum.P0 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dx, f.Q0), inverse, sum.P0);
        sum.P1 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dy, f.Q1), inverse, sum.P1);
        sum.P2 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dz, f.Q2), inverse, sum.P2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope<T, TLane>(TLane dx, TLane dy, TLane dz, TLane i1, in PairCharge<TLane> f, ref FieldSum<TLane> sum)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TLane : unmanaged, Engine.ILane<TLane, T>
    {
        TLane i2 = i1 * i1, i3 = i2 * i1;
        TLane dot = TLane.MultiplyAdd(dz, f.Q2, TLane.MultiplyAdd(dy, f.Q1, dx * f.Q0));
        TLane a = TLane.Constant(-3) * dot * i2 * i3, b = dot * i3;
        sum.G0X += TLane.MultiplyAdd(a * dx, dx, b);
        sum.G0Y += TLane.MultiplyAdd(a * dx, dy, ((dx * f.Q1) - (f.Q0 * dy)) * i3);
        sum.G0Z += TLane.MultiplyAdd(a * dx, dz, ((dx * f.Q2) - (f.Q0 * dz)) * i3);
        sum.G1X += TLane.MultiplyAdd(a * dy, dx, ((dy * f.Q0) - (f.Q1 * dx)) * i3);
        sum.G1Y += TLane.MultiplyAdd(a * dy, dy, b);
        sum.G1Z += TLane.MultiplyAdd(a * dy, dz, ((dy * f.Q2) - (f.Q1 * dz)) * i3);
        sum.G2X += TLane.MultiplyAdd(a * dz, dx, ((dz * f.Q0) - (f.Q2 * dx)) * i3);
        sum.G2Y += TLane.MultiplyAdd(a * dz, dy, ((dz * f.Q1) - (f.Q2 * dy)) * i3);
        sum.G2Z += TLane.MultiplyAdd(a * dz, dz, b);
    }
}

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
}

using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Stokeslet K(d) = (I / |d| + d d^T / |d|^3) / (8 pi mu): the velocity that a point force makes in a viscous fluid. Three
/// numbers a source, three a target (Pozrikidis 1992, section 2.2).
/// </summary>
public readonly unsafe struct Stokes : IKernel<Stokes>
{
    // 0 in the default value, which stands for 1.
    private readonly double _viscosity;

    /// <summary>The kernel for a fluid of viscosity <paramref name="mu"/>.</summary>
    /// <param name="mu">Dynamic viscosity, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mu"/> is not positive, or not finite.</exception>
    public Stokes(double mu)
    {
        if (!double.IsFinite(mu) || mu <= 0)
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "The viscosity mu must be finite and above 0.");
        _viscosity = mu;
    }

    /// <inheritdoc/>
    public static string Name => "stokes";

    /// <inheritdoc/>
    public static int SourceComponents => 3;

    /// <inheritdoc/>
    public static int PotentialComponents => 3;

    /// <inheritdoc/>
    public static int? Degree => -1;

    /// <inheritdoc/>
    public static bool IsVector => true;

    /// <inheritdoc/>
    public static int PairFlops(bool gradient) => gradient ? 83 : 28;

    /// <summary>Dynamic viscosity; 1 for the default value.</summary>
    public double Viscosity => _viscosity == 0 ? 1 : _viscosity;

    /// <inheritdoc/>
    public static bool IsMutual => true;

    /// <inheritdoc/>
    public static bool ShowsCoincidence => true;

    /// <inheritdoc/>
    public static int MutualPairFlops(bool gradient) => gradient ? 150 : 44;

    /// <inheritdoc/>
    public string Parameters => string.Create(CultureInfo.InvariantCulture, $"mu={Viscosity}");

    /// <inheritdoc/>
    public double Normalisation => 1 / (8 * Math.PI * Viscosity);

    /// <inheritdoc/>
    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        double i1 = r2 == 0 ? 0 : Normalisation / Math.Sqrt(r2), i3 = r2 == 0 ? 0 : i1 / r2;
        matrix[0] = i1 + (i3 * dx * dx);
        matrix[4] = i1 + (i3 * dy * dy);
        matrix[8] = i1 + (i3 * dz * dz);
        matrix[1] = matrix[3] = i3 * dx * dy;
        matrix[2] = matrix[6] = i3 * dx * dz;
        matrix[5] = matrix[7] = i3 * dy * dz;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Stokes>.Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        TLane fx = TLane.Broadcast(charge), fy = TLane.Broadcast(charge + 1), fz = TLane.Broadcast(charge + 2);
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        TLane along = TLane.MultiplyAdd(dz, fz, TLane.MultiplyAdd(dy, fy, dx * fx)) * (inverse * inverse);
        sum.P0 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dx, fx), inverse, sum.P0);
        sum.P1 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dy, fy), inverse, sum.P1);
        sum.P2 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dz, fz), inverse, sum.P2);
    }

    /// <inheritdoc/>
    /// <remarks>d_a u_c = -3 (d.f) d_c d_a / r^5 + (delta_ac (d.f) + d_c f_a - f_c d_a) / r^3.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Stokes>.PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        TLane fx = TLane.Broadcast(charge), fy = TLane.Broadcast(charge + 1), fz = TLane.Broadcast(charge + 2);
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        TLane i2 = inverse * inverse, i3 = i2 * inverse;
        TLane dot = TLane.MultiplyAdd(dz, fz, TLane.MultiplyAdd(dy, fy, dx * fx));
        TLane along = dot * i2, b = dot * i3, a = TLane.Constant(-3) * b * i2;
        sum.P0 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dx, fx), inverse, sum.P0);
        sum.P1 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dy, fy), inverse, sum.P1);
        sum.P2 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dz, fz), inverse, sum.P2);
        TLane ax = a * dx, ay = a * dy, az = a * dz, ex = i3 * dx, ey = i3 * dy, ez = i3 * dz;
        sum.G0X = TLane.MultiplyAdd(ax, dx, sum.G0X + b);
        sum.G1Y = TLane.MultiplyAdd(ay, dy, sum.G1Y + b);
        sum.G2Z = TLane.MultiplyAdd(az, dz, sum.G2Z + b);
        sum.G0Y = TLane.NegatedMultiplyAdd(ey, fx, TLane.MultiplyAdd(ex, fy, TLane.MultiplyAdd(ax, dy, sum.G0Y)));
        sum.G1X = TLane.NegatedMultiplyAdd(ex, fy, TLane.MultiplyAdd(ey, fx, TLane.MultiplyAdd(ax, dy, sum.G1X)));
        sum.G0Z = TLane.NegatedMultiplyAdd(ez, fx, TLane.MultiplyAdd(ex, fz, TLane.MultiplyAdd(ax, dz, sum.G0Z)));
        sum.G2X = TLane.NegatedMultiplyAdd(ex, fz, TLane.MultiplyAdd(ez, fx, TLane.MultiplyAdd(ax, dz, sum.G2X)));
        sum.G1Z = TLane.NegatedMultiplyAdd(ez, fy, TLane.MultiplyAdd(ey, fz, TLane.MultiplyAdd(ay, dz, sum.G1Z)));
        sum.G2Y = TLane.NegatedMultiplyAdd(ey, fz, TLane.MultiplyAdd(ez, fy, TLane.MultiplyAdd(ay, dz, sum.G2Y)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokes>.MutualPotential<T, TLane>(
        Stokes kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
        ref FieldSum<TLane> atSource, ref FieldSum<TLane> atTarget)
    {
        TLane inverse = TLane.InverseSqrt(TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)));
        Velocity<T, TLane>(dx, dy, dz, inverse, target, ref atSource);
        Velocity<T, TLane>(dx, dy, dz, inverse, source, ref atTarget);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokes>.MutualPotentialAndGradient<T, TLane>(
        Stokes kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
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
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        TLane along = TLane.MultiplyAdd(dz, f.Q2, TLane.MultiplyAdd(dy, f.Q1, dx * f.Q0)) * (inverse * inverse);
        sum.P0 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dx, f.Q0), inverse, sum.P0);
        sum.P1 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dy, f.Q1), inverse, sum.P1);
        sum.P2 = TLane.MultiplyAdd(TLane.MultiplyAdd(along, dz, f.Q2), inverse, sum.P2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope<T, TLane>(TLane dx, TLane dy, TLane dz, TLane i1, in PairCharge<TLane> f, ref FieldSum<TLane> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
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

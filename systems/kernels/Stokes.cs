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
    void IKernel<Stokes>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister fx = TRegister.Broadcast(charge), fy = TRegister.Broadcast(charge + 1), fz = TRegister.Broadcast(charge + 2);
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        TRegister along = TRegister.MultiplyAdd(dz, fz, TRegister.MultiplyAdd(dy, fy, dx * fx)) * (inverse * inverse);
        sum.P0 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dx, fx), inverse, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dy, fy), inverse, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dz, fz), inverse, sum.P2);
    }

    /// <inheritdoc/>
    /// <remarks>d_a u_c = -3 (d.f) d_c d_a / r^5 + (delta_ac (d.f) + d_c f_a - f_c d_a) / r^3.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Stokes>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister fx = TRegister.Broadcast(charge), fy = TRegister.Broadcast(charge + 1), fz = TRegister.Broadcast(charge + 2);
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        TRegister i2 = inverse * inverse, i3 = i2 * inverse;
        TRegister dot = TRegister.MultiplyAdd(dz, fz, TRegister.MultiplyAdd(dy, fy, dx * fx));
        TRegister along = dot * i2, b = dot * i3, a = TRegister.Constant(-3) * b * i2;
        sum.P0 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dx, fx), inverse, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dy, fy), inverse, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dz, fz), inverse, sum.P2);
        TRegister ax = a * dx, ay = a * dy, az = a * dz, ex = i3 * dx, ey = i3 * dy, ez = i3 * dz;
        sum.G0X = TRegister.MultiplyAdd(ax, dx, sum.G0X + b);
        sum.G1Y = TRegister.MultiplyAdd(ay, dy, sum.G1Y + b);
        sum.G2Z = TRegister.MultiplyAdd(az, dz, sum.G2Z + b);
        sum.G0Y = TRegister.NegatedMultiplyAdd(ey, fx, TRegister.MultiplyAdd(ex, fy, TRegister.MultiplyAdd(ax, dy, sum.G0Y)));
        sum.G1X = TRegister.NegatedMultiplyAdd(ex, fy, TRegister.MultiplyAdd(ey, fx, TRegister.MultiplyAdd(ax, dy, sum.G1X)));
        sum.G0Z = TRegister.NegatedMultiplyAdd(ez, fx, TRegister.MultiplyAdd(ex, fz, TRegister.MultiplyAdd(ax, dz, sum.G0Z)));
        sum.G2X = TRegister.NegatedMultiplyAdd(ex, fz, TRegister.MultiplyAdd(ez, fx, TRegister.MultiplyAdd(ax, dz, sum.G2X)));
        sum.G1Z = TRegister.NegatedMultiplyAdd(ez, fy, TRegister.MultiplyAdd(ey, fz, TRegister.MultiplyAdd(ay, dz, sum.G1Z)));
        sum.G2Y = TRegister.NegatedMultiplyAdd(ey, fz, TRegister.MultiplyAdd(ez, fy, TRegister.MultiplyAdd(ay, dz, sum.G2Y)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokes>.MutualPotential<T, TRegister>(
        Stokes kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        Velocity<T, TRegister>(dx, dy, dz, inverse, target, ref atSource);
        Velocity<T, TRegister>(dx, dy, dz, inverse, source, ref atTarget);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Stokes>.MutualPotentialAndGradient<T, TRegister>(
        Stokes kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        Velocity<T, TRegister>(dx, dy, dz, inverse, target, ref atSource);
        Velocity<T, TRegister>(dx, dy, dz, inverse, source, ref atTarget);
        Slope<T, TRegister>(TRegister.Zero - dx, TRegister.Zero - dy, TRegister.Zero - dz, inverse, target, ref atSource);
        Slope<T, TRegister>(dx, dy, dz, inverse, source, ref atTarget);
    }

    // Even in d: the same on both sides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Velocity<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, TRegister inverse, in PairCharge<TRegister> f, ref FieldSum<TRegister> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        TRegister along = TRegister.MultiplyAdd(dz, f.Q2, TRegister.MultiplyAdd(dy, f.Q1, dx * f.Q0)) * (inverse * inverse);
        sum.P0 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dx, f.Q0), inverse, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dy, f.Q1), inverse, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, dz, f.Q2), inverse, sum.P2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slope<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, TRegister i1, in PairCharge<TRegister> f, ref FieldSum<TRegister> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        TRegister i2 = i1 * i1, i3 = i2 * i1;
        TRegister dot = TRegister.MultiplyAdd(dz, f.Q2, TRegister.MultiplyAdd(dy, f.Q1, dx * f.Q0));
        TRegister a = TRegister.Constant(-3) * dot * i2 * i3, b = dot * i3;
        sum.G0X += TRegister.MultiplyAdd(a * dx, dx, b);
        sum.G0Y += TRegister.MultiplyAdd(a * dx, dy, ((dx * f.Q1) - (f.Q0 * dy)) * i3);
        sum.G0Z += TRegister.MultiplyAdd(a * dx, dz, ((dx * f.Q2) - (f.Q0 * dz)) * i3);
        sum.G1X += TRegister.MultiplyAdd(a * dy, dx, ((dy * f.Q0) - (f.Q1 * dx)) * i3);
        sum.G1Y += TRegister.MultiplyAdd(a * dy, dy, b);
        sum.G1Z += TRegister.MultiplyAdd(a * dy, dz, ((dy * f.Q2) - (f.Q1 * dz)) * i3);
        sum.G2X += TRegister.MultiplyAdd(a * dz, dx, ((dz * f.Q0) - (f.Q2 * dx)) * i3);
        sum.G2Y += TRegister.MultiplyAdd(a * dz, dy, ((dz * f.Q1) - (f.Q2 * dy)) * i3);
        sum.G2Z += TRegister.MultiplyAdd(a * dz, dz, b);
    }
}

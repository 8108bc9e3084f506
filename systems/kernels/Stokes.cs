using System.Globalization;
using System.Runtime.CompilerServices;

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
        {
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "The viscosity mu must be finite and above 0.");
        }
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
}

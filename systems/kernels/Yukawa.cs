using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Yukawa (screened Coulomb, modified Helmholtz) kernel K(d) = exp(-k |d|) / (4 pi |d|). It has a length of its own, 1/k,
/// so that each level has its own operators.
/// </summary>
public readonly unsafe struct Yukawa : IKernel<Yukawa>
{
    private const double Largest = 1e300;

    // Beyond this nothing is left of the field at any distance that single precision can square, and k r must not become infinite.
    private const double LargestSingle = 1e30;
    private readonly double _k;
    private readonly double _single;

    /// <summary>The kernel with inverse screening length <paramref name="k"/>.</summary>
    /// <param name="k">Inverse length in the points' unit, 0 to 1e300.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative, above 1e300 or no number.</exception>
    public Yukawa(double k)
    {
        if (!(k is >= 0 and <= Largest))
            throw new ArgumentOutOfRangeException(nameof(k), k, "The inverse screening length k must be finite and 0 or more, at most 1e300.");
        _k = k;
        _single = Math.Min(k, LargestSingle);
    }

    /// <inheritdoc/>
    public static string Name => "yukawa";

    /// <inheritdoc/>
    public static int SourceComponents => 1;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static int? Degree => null;

    /// <inheritdoc/>
    public static bool IsVector => false;

    /// <inheritdoc/>
    public static int PairFlops(bool gradient) => gradient ? 26 : 15;

    /// <inheritdoc/>
    /// <remarks>The exponential, measured beside 1 / r on two cores of an AMD EPYC (Zen 5): <c>dotnet run -c Release --project perf -- costs loops</c>.</remarks>
    public static double PairCost(Precision precision, RegisterWidth width, bool gradient)
    {
        bool single = precision == Precision.Single;
        (double potential, double withGradient) = width switch
        {
            RegisterWidth.Bits512 => single ? (18.7, 16.7) : (8.2, 8.4),
            RegisterWidth.Bits256 => single ? (11.9, 10.1) : (4.5, 5.4),
            RegisterWidth.Bits128 => single ? (10.1, 7.4) : (2.3, 3.1),
            _ => single ? (1.85, 3.0) : (1.8, 2.4),
        };
        return PairFlops(gradient) * (gradient ? withGradient : potential);
    }

    /// <inheritdoc/>
    public static bool IsMutual => true;

    /// <inheritdoc/>
    public static bool ShowsCoincidence => true;

    /// <inheritdoc/>
    public static int MutualPairFlops(bool gradient) => gradient ? 34 : 17;

    /// <inheritdoc/>
    public string Parameters => string.Create(CultureInfo.InvariantCulture, $"k={_k}");

    /// <inheritdoc/>
    public double Normalisation => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryRescale(Yukawa kernel, double unit, out Yukawa rescaled, out double factor)
    {
        // What is screened beyond the largest number is screened away in any unit.
        rescaled = new Yukawa(Math.Min(kernel._k * unit, Largest));
        factor = 1 / unit;
        return true;
    }

    /// <inheritdoc/>
    public void Evaluate(double dx, double dy, double dz, Span<double> matrix)
    {
        double r = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
        matrix[0] = r == 0 ? 0 : Normalisation * Math.Exp(-_k * r) / r;
    }

    /// <inheritdoc/>
    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix)
    {
        double r = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
        double g = r == 0 ? 0 : -Normalisation * Math.Exp(-_k * r) * (1 + (_k * r)) / (r * r * r);
        matrix[0] = g * dx;
        matrix[1] = g * dy;
        matrix[2] = g * dz;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Yukawa>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister decay = TRegister.Exp(TRegister.Constant(-Rate<T>()) * (r2 * inverse));
        sum.P0 = TRegister.MultiplyAdd(decay * inverse, TRegister.Broadcast(charge), sum.P0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Yukawa>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister kr = TRegister.Constant(Rate<T>()) * (r2 * inverse);
        TRegister potential = TRegister.Exp(TRegister.Zero - kr) * inverse * TRegister.Broadcast(charge);
        TRegister g = potential * (inverse * inverse);
        g = TRegister.MultiplyAdd(g, kr, g); // in this order nothing is infinite where the potential is 0
        sum.P0 += potential;
        sum.G0X = TRegister.NegatedMultiplyAdd(g, dx, sum.G0X);
        sum.G0Y = TRegister.NegatedMultiplyAdd(g, dy, sum.G0Y);
        sum.G0Z = TRegister.NegatedMultiplyAdd(g, dz, sum.G0Z);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Yukawa>.MutualPotential<T, TRegister>(
        Yukawa kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister field = TRegister.Exp(TRegister.Constant(-kernel.Rate<T>()) * (r2 * inverse)) * inverse;
        atSource.P0 = TRegister.MultiplyAdd(field, target.Q0, atSource.P0);
        atTarget.P0 = TRegister.MultiplyAdd(field, source.Q0, atTarget.P0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Yukawa>.MutualPotentialAndGradient<T, TRegister>(
        Yukawa kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx));
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister kr = TRegister.Constant(kernel.Rate<T>()) * (r2 * inverse);
        TRegister field = TRegister.Exp(TRegister.Zero - kr) * inverse;
        TRegister slope = field * (inverse * inverse);
        slope = TRegister.MultiplyAdd(slope, kr, slope);
        atTarget.P0 = TRegister.MultiplyAdd(field, source.Q0, atTarget.P0);
        atSource.P0 = TRegister.MultiplyAdd(field, target.Q0, atSource.P0);
        TRegister there = slope * source.Q0, here = slope * target.Q0;
        atSource.G0X = TRegister.MultiplyAdd(here, dx, atSource.G0X);
        atSource.G0Y = TRegister.MultiplyAdd(here, dy, atSource.G0Y);
        atSource.G0Z = TRegister.MultiplyAdd(here, dz, atSource.G0Z);
        atTarget.G0X = TRegister.NegatedMultiplyAdd(there, dx, atTarget.G0X);
        atTarget.G0Y = TRegister.NegatedMultiplyAdd(there, dy, atTarget.G0Y);
        atTarget.G0Z = TRegister.NegatedMultiplyAdd(there, dz, atTarget.G0Z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Rate<T>() => typeof(T) == typeof(float) ? _single : _k;
}

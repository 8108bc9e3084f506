using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Helmholtz kernel K(d) = exp(i k |d|) / (4 pi |d|), the outgoing wave of a point source with the time factor exp(-i omega t). Charges and potentials are complex:
/// two numbers each, real part first. For waves that are damped, too: <see cref="DampedHelmholtz"/>.
/// </summary>
/// <remarks>
/// It is a real kernel of two by two, [Re K, -Im K; Im K, Re K], so that nothing else knows of complex numbers. The method is the one of low
/// frequencies: a surface of order p carries a box of few wavelengths. Beyond it the field's error grows, and a warning tells so
/// (<see cref="FmmMethod.Warnings"/>). Each level has operators of its own.
/// </remarks>
public readonly struct Helmholtz : IKernel<Helmholtz>
{
    private readonly double _k;
    private readonly double _single;

    /// <summary>The kernel with wave number <paramref name="k"/>.</summary>
    /// <param name="k">Wave number, 2 pi over the wavelength in the points' unit: 0 to 1e300.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is negative, above 1e300 or no number.</exception>
    public Helmholtz(double k)
    {
        HelmholtzFormula.Require(k, nameof(k), "wave number");
        _k = k;
        _single = Math.Min(k, HelmholtzFormula.LargestSingle);
    }

    /// <inheritdoc/>
    public static string Name => "helmholtz";

    /// <inheritdoc/>
    public static int SourceComponents => 2;

    /// <inheritdoc/>
    public static int PotentialComponents => 2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Even;

    /// <summary>The wave number k.</summary>
    public double WaveNumber => _k;

    /// <inheritdoc/>
    public static double Wavelength(Helmholtz kernel) => 2 * Math.PI / kernel._k;

    /// <inheritdoc/>
    public static string Parameters(Helmholtz kernel) => string.Create(CultureInfo.InvariantCulture, $"k={kernel._k}");

    /// <inheritdoc/>
    public static double Normalisation(Helmholtz kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryRescale(Helmholtz kernel, double unit, out Helmholtz rescaled, out double factor)
    {
        rescaled = new Helmholtz(Math.Min(kernel._k * unit, HelmholtzFormula.Largest));
        factor = 1 / unit;
        return true;
    }

    /// <summary>A + i B = exp(i k r) / r, C + i D its derivative by r over r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Helmholtz kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)), inverse = TRegister.InverseSqrt(r2);
        TRegister k = TRegister.Constant(TRegister.IsSingle ? kernel._single : kernel._k);
        TRegister.SinCos(k * (r2 * inverse), out TRegister sine, out TRegister cosine);
        TRegister real = cosine * inverse, imaginary = sine * inverse, square = inverse * inverse, turn = k * inverse;
        return new PairBlock<TRegister>
        {
            X = dx,
            Y = dy,
            Z = dz,
            A = real,
            B = imaginary,
            C = TRegister.Zero - TRegister.MultiplyAdd(imaginary, turn, real * square),
            D = TRegister.NegatedMultiplyAdd(imaginary, square, real * turn),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => HelmholtzFormula.AddPotential(block, charge, ref sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => HelmholtzFormula.AddGradient(block, charge, ref sum);
}

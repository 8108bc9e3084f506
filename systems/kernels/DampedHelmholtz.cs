using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Helmholtz kernel of a complex wave number, K(d) = exp((i k - decay) |d|) / (4 pi |d|): waves in a medium that absorbs, with the wave number k + i decay.
/// Charges and potentials are complex, two numbers each, real part first, as those of <see cref="Helmholtz"/>, which is faster where nothing decays.
/// </summary>
public readonly struct DampedHelmholtz : IKernel<DampedHelmholtz>
{
    private readonly double _k, _decay, _single, _singleDecay;

    /// <summary>The kernel with wave number <paramref name="k"/> + i <paramref name="decay"/>.</summary>
    /// <param name="k">Real part, 2 pi over the wavelength in the points' unit: 0 to 1e300.</param>
    /// <param name="decay">Imaginary part, over whose inverse a wave falls by a factor of e: 0 to 1e300.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is negative, above 1e300 or no number.</exception>
    public DampedHelmholtz(double k, double decay)
    {
        HelmholtzFormula.Require(k, nameof(k), "wave number");
        HelmholtzFormula.Require(decay, nameof(decay), "wave number's imaginary part");
        (_k, _decay) = (k, decay);
        (_single, _singleDecay) = (Math.Min(k, HelmholtzFormula.LargestSingle), Math.Min(decay, HelmholtzFormula.LargestSingle));
    }

    /// <inheritdoc/>
    public static string Name => "damped-helmholtz";

    /// <inheritdoc/>
    public static int SourceComponents => 2;

    /// <inheritdoc/>
    public static int PotentialComponents => 2;

    /// <inheritdoc/>
    public static KernelParity Parity => KernelParity.Even;

    /// <summary>The wave number's real part k.</summary>
    public double WaveNumber => _k;

    /// <summary>The wave number's imaginary part.</summary>
    public double Decay => _decay;

    /// <inheritdoc/>
    public static double Wavelength(DampedHelmholtz kernel) => 2 * Math.PI / kernel._k;

    /// <inheritdoc/>
    public static string Parameters(DampedHelmholtz kernel) => string.Create(CultureInfo.InvariantCulture, $"k={kernel._k}, decay={kernel._decay}");

    /// <inheritdoc/>
    public static double Normalisation(DampedHelmholtz kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryRescale(DampedHelmholtz kernel, double unit, out DampedHelmholtz rescaled, out double factor)
    {
        rescaled = new DampedHelmholtz(Math.Min(kernel._k * unit, HelmholtzFormula.Largest), Math.Min(kernel._decay * unit, HelmholtzFormula.Largest));
        factor = 1 / unit;
        return true;
    }

    /// <summary>A + i B = exp((i k - decay) r) / r, C + i D its derivative by r over r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(DampedHelmholtz kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister r2 = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)), inverse = TRegister.InverseSqrt(r2), r = r2 * inverse;
        TRegister k = TRegister.Constant(TRegister.IsSingle ? kernel._single : kernel._k);
        TRegister decay = TRegister.Constant(TRegister.IsSingle ? -kernel._singleDecay : -kernel._decay) * r;
        TRegister.SinCos(k * r, out TRegister sine, out TRegister cosine);
        TRegister amplitude = TRegister.Exp(decay) * inverse, real = cosine * amplitude, imaginary = sine * amplitude, square = inverse * inverse, turn = k * inverse;
        TRegister realSquare = real * square, imaginarySquare = imaginary * square; // before the decay: nothing is infinite where the potential is 0
        return new PairBlock<TRegister>
        {
            X = dx,
            Y = dy,
            Z = dz,
            A = real,
            B = imaginary,
            C = TRegister.MultiplyAdd(realSquare, decay, TRegister.Zero - TRegister.MultiplyAdd(imaginary, turn, realSquare)),
            D = TRegister.MultiplyAdd(imaginarySquare, decay, TRegister.MultiplyAdd(real, turn, TRegister.Zero - imaginarySquare)),
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

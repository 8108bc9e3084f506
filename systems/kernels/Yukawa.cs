using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Yukawa (screened Coulomb, modified Helmholtz) kernel K(d) = exp(-k |d|) / (4 pi |d|). It has a length of its own, 1/k,
/// so that each level has its own operators.
/// </summary>
public readonly struct Yukawa : IRadialKernel<Yukawa>
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
    public static string Parameters(Yukawa kernel) => string.Create(CultureInfo.InvariantCulture, $"k={kernel._k}");

    /// <inheritdoc/>
    public static double Normalisation(Yukawa kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryRescale(Yukawa kernel, double unit, out Yukawa rescaled, out double factor)
    {
        // What is screened beyond the largest number is screened away in any unit.
        rescaled = new Yukawa(Math.Min(kernel._k * unit, Largest));
        factor = 1 / unit;
        return true;
    }

    /// <inheritdoc/>
    public static bool TryScreened(Yukawa kernel, out double strength, out double screening)
    {
        (strength, screening) = (1, kernel._k);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Yukawa kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(r2);
        TRegister decay = TRegister.Constant(TRegister.IsSingle ? -kernel._single : -kernel._k) * (r2 * inverse);
        phi = TRegister.Exp(decay) * inverse;
        force = phi * (inverse * inverse);
        force = TRegister.NegatedMultiplyAdd(force, decay, force); // in this order nothing is infinite where the potential is 0
    }
}

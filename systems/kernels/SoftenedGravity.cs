using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Gravity of bodies that are no points but balls: K(d) = -G / |d| beyond the softening length h, and within it the potential of a ball of that
/// radius whose density falls as 1 - (r/h)^2, -G (15 - 10 (r/h)^2 + 3 (r/h)^4) / (8 h): the compact softening F1 of Dehnen (2001, MNRAS 324,
/// 273). The acceleration is minus the gradient.
/// </summary>
/// <remarks>
/// The softened field solves no elliptic equation within h, so that only the near field is softened, and leaves are no narrower than h: where many bodies lie within
/// it, most of the work is direct. Beyond h nothing is left of the softening, as would be of Plummer's: the expansions are exact to their order.
/// </remarks>
public readonly struct SoftenedGravity : IRadialKernel<SoftenedGravity>
{
    private readonly double _length;

    // 0 in the default value, which stands for 1.
    private readonly double _constant;

    /// <summary>The kernel with a softening length and a constant of gravity.</summary>
    /// <param name="length">The softening length h in the points' unit, 0 to 1e100; 0 for points of mass.</param>
    /// <param name="constant">The constant of gravity G: positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public SoftenedGravity(double length, double constant = 1)
    {
        if (!(length is >= 0 and <= 1e100)) throw new ArgumentOutOfRangeException(nameof(length), length, "The softening length must be 0 or more, at most 1e100.");
        if (!double.IsFinite(constant) || constant <= 0) throw new ArgumentOutOfRangeException(nameof(constant), constant, "The constant of gravity must be finite and above 0.");
        _length = length;
        _constant = constant;
    }

    private SoftenedGravity(SoftenedGravity kernel, double length) => (_length, _constant) = (length, kernel._constant);

    /// <inheritdoc/>
    public static string Name => "gravity";

    /// <inheritdoc/>
    public static bool HasFarForm => true;

    /// <inheritdoc/>
    public static int? FarDegree => -1;

    /// <summary>The softening length h.</summary>
    public double Length => _length;

    /// <summary>The constant of gravity; 1 for the default value.</summary>
    public double Constant => _constant == 0 ? 1 : _constant;

    /// <inheritdoc/>
    public static double Reach(SoftenedGravity kernel) => kernel._length;

    /// <inheritdoc/>
    public static double Normalisation(SoftenedGravity kernel) => -kernel.Constant;

    /// <inheritdoc/>
    public static string Parameters(SoftenedGravity kernel) => string.Create(CultureInfo.InvariantCulture, $"length={kernel._length}, constant={kernel.Constant}");

    /// <inheritdoc/>
    public static bool TryRescale(SoftenedGravity kernel, double unit, out SoftenedGravity rescaled, out double factor)
    {
        rescaled = new SoftenedGravity(kernel, Math.Min(kernel._length / unit, 1e150)); // a longer one's square would not be finite
        factor = 1 / unit;
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Beyond the softening length, which no box of the tree is narrower than.</remarks>
    public static bool TryScreened(SoftenedGravity kernel, out double strength, out double screening)
    {
        (strength, screening) = (1, 0);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>With s = 1 - r^2 / max(r, h)^2 it is (1 + s/2 + 3/8 s^2) / max(r, h), and the force (1 + 3/2 s) / max(r, h)^3: s is 0 beyond h.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(SoftenedGravity kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister h = TRegister.Constant(TRegister.IsSingle ? Math.Min(kernel._length, 1e15) : kernel._length), far = TRegister.Max(r2, h * h), inverse = TRegister.InverseSqrt(far);
        // 0 beyond h without rounding: the larger square is the square itself there.
        TRegister s = (far - r2) * (inverse * inverse);
        phi = TRegister.MultiplyAdd(inverse, s * TRegister.MultiplyAdd(s, TRegister.Constant(0.375), TRegister.Constant(0.5)), inverse);
        force = TRegister.MultiplyAdd(s, TRegister.Constant(1.5), TRegister.Constant(1)) * (inverse * (inverse * inverse));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> FarBlock<TRegister>(SoftenedGravity kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        Unsafe.SkipInit(out PairBlock<TRegister> block);
        block.A = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        block.B = block.A * (block.A * block.A);
        block.X = dx;
        block.Y = dy;
        block.Z = dz;
        return block;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Plumes;

/// <summary>
/// What a source leaks into a steady stream: K(d) = exp((u.d - |u| |d|) / (2 D)) / (4 pi D |d|), the concentration of what is carried along and spreads. It solves
/// D (laplacian of c) = u.(gradient of c) away from the source, an elliptic equation; it is no function of the distance, neither even nor odd, and has a
/// length of its own, 2 D / |u|.
/// </summary>
public readonly record struct Plume : IKernel<Plume>
{
    // Of the exponent: u / (2 D), and its length.
    private readonly double _x, _y, _z, _length;

    /// <summary>The kernel for a stream.</summary>
    /// <param name="x">Velocity of the stream over twice the diffusivity, along x; in one over the points' unit of length.</param>
    /// <param name="y">Along y.</param>
    /// <param name="z">Along z.</param>
    public Plume(double x, double y, double z)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y) || !double.IsFinite(z)) throw new ArgumentOutOfRangeException(nameof(x), $"The stream ({x}, {y}, {z}) must be finite.");
        (_x, _y, _z) = (x, y, z);
        _length = Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <inheritdoc/>
    public static string Name => "plume";

    /// <inheritdoc/>
    public static int SourceComponents => 1;

    /// <inheritdoc/>
    public static int PotentialComponents => 1;

    /// <inheritdoc/>
    public static double Normalisation(Plume kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static string Parameters(Plume kernel) => string.Create(CultureInfo.InvariantCulture, $"stream=({kernel._x}, {kernel._y}, {kernel._z})");

    /// <inheritdoc/>
    public static bool TryRescale(Plume kernel, double unit, out Plume rescaled, out double factor)
    {
        rescaled = new Plume(kernel._x * unit, kernel._y * unit, kernel._z * unit);
        factor = 1 / unit;
        return true;
    }

    /// <summary>A is the concentration; X, Y and Z, which the potential has no use for, are its gradient over A: s - (|s| + 1/r) d / r, with s = u / (2 D).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Plume kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister square = TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)), inverse = TRegister.InverseSqrt(square);
        TRegister along = TRegister.MultiplyAdd(TRegister.Constant(kernel._z), dz, TRegister.MultiplyAdd(TRegister.Constant(kernel._y), dy, TRegister.Constant(kernel._x) * dx));
        TRegister value = TRegister.Exp(TRegister.NegatedMultiplyAdd(TRegister.Constant(kernel._length), square * inverse, along)) * inverse;
        TRegister away = (TRegister.Constant(kernel._length) + inverse) * inverse;
        return new PairBlock<TRegister>
        {
            X = TRegister.NegatedMultiplyAdd(away, dx, TRegister.Constant(kernel._x)),
            Y = TRegister.NegatedMultiplyAdd(away, dy, TRegister.Constant(kernel._y)),
            Z = TRegister.NegatedMultiplyAdd(away, dz, TRegister.Constant(kernel._z)),
            A = value,
        };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 = TRegister.MultiplyAdd(block.A, charge.Q0, sum.P0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister value = block.A * charge.Q0;
        sum.G0X = TRegister.MultiplyAdd(value, block.X, sum.G0X);
        sum.G0Y = TRegister.MultiplyAdd(value, block.Y, sum.G0Y);
        sum.G0Z = TRegister.MultiplyAdd(value, block.Z, sum.G0Z);
    }
}

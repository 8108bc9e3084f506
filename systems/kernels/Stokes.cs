using System.Globalization;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The Stokeslet K(d) = (I / |d| + d d^T / |d|^3) / (8 pi mu): the velocity that a point force makes in a viscous fluid. Three
/// numbers a source, three a target (Pozrikidis 1992, section 2.2).
/// </summary>
public readonly struct Stokes : IKernel<Stokes>
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
    public static KernelParity Parity => KernelParity.Even;

    /// <summary>Dynamic viscosity; 1 for the default value.</summary>
    public double Viscosity => _viscosity == 0 ? 1 : _viscosity;

    /// <inheritdoc/>
    public static string Parameters(Stokes kernel) => string.Create(CultureInfo.InvariantCulture, $"mu={kernel.Viscosity}");

    /// <inheritdoc/>
    public static double Normalisation(Stokes kernel) => 1 / (8 * Math.PI * kernel.Viscosity);

    /// <summary>A = 1/r, B = 1/r^2, C = 1/r^3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Stokes kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = inverse, B = square, C = square * inverse };
    }

    /// <inheritdoc/>
    /// <remarks>u = (f + (d.f) d / r^2) / r.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister along = Dot(block, charge) * block.B;
        sum.P0 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, block.X, charge.Q0), block.A, sum.P0);
        sum.P1 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, block.Y, charge.Q1), block.A, sum.P1);
        sum.P2 = TRegister.MultiplyAdd(TRegister.MultiplyAdd(along, block.Z, charge.Q2), block.A, sum.P2);
    }

    /// <inheritdoc/>
    /// <remarks>d_a u_c = -3 (d.f) d_c d_a / r^5 + (delta_ac (d.f) + d_c f_a - f_c d_a) / r^3.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister b = Dot(block, charge) * block.C, a = TRegister.Constant(-3) * b * block.B;
        TRegister ax = a * block.X, ay = a * block.Y, az = a * block.Z, ex = block.C * block.X, ey = block.C * block.Y, ez = block.C * block.Z;
        sum.G0X = TRegister.MultiplyAdd(ax, block.X, sum.G0X + b);
        sum.G1Y = TRegister.MultiplyAdd(ay, block.Y, sum.G1Y + b);
        sum.G2Z = TRegister.MultiplyAdd(az, block.Z, sum.G2Z + b);
        sum.G0Y = TRegister.NegatedMultiplyAdd(ey, charge.Q0, TRegister.MultiplyAdd(ex, charge.Q1, TRegister.MultiplyAdd(ax, block.Y, sum.G0Y)));
        sum.G1X = TRegister.NegatedMultiplyAdd(ex, charge.Q1, TRegister.MultiplyAdd(ey, charge.Q0, TRegister.MultiplyAdd(ax, block.Y, sum.G1X)));
        sum.G0Z = TRegister.NegatedMultiplyAdd(ez, charge.Q0, TRegister.MultiplyAdd(ex, charge.Q2, TRegister.MultiplyAdd(ax, block.Z, sum.G0Z)));
        sum.G2X = TRegister.NegatedMultiplyAdd(ex, charge.Q2, TRegister.MultiplyAdd(ez, charge.Q0, TRegister.MultiplyAdd(ax, block.Z, sum.G2X)));
        sum.G1Z = TRegister.NegatedMultiplyAdd(ez, charge.Q1, TRegister.MultiplyAdd(ey, charge.Q2, TRegister.MultiplyAdd(ay, block.Z, sum.G1Z)));
        sum.G2Y = TRegister.NegatedMultiplyAdd(ey, charge.Q2, TRegister.MultiplyAdd(ez, charge.Q1, TRegister.MultiplyAdd(ay, block.Z, sum.G2Y)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Dot<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge)
        where TRegister : unmanaged, IRegister<TRegister> =>
        TRegister.MultiplyAdd(block.Z, charge.Q2, TRegister.MultiplyAdd(block.Y, charge.Q1, block.X * charge.Q0));
}

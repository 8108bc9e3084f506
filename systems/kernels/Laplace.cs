using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The Laplace kernel K(d) = 1 / (4 pi |d|): the potential of a unit charge, or of a unit mass with the sign turned.</summary>
public readonly struct Laplace : IRadialKernel<Laplace>
{
    /// <inheritdoc/>
    public static string Name => "laplace";

    /// <inheritdoc/>
    public static int? Degree => -1;

    /// <inheritdoc/>
    public static double Normalisation(Laplace kernel) => 1 / (4 * Math.PI);

    /// <inheritdoc/>
    public static bool TryScreened(Laplace kernel, out double strength, out double screening)
    {
        (strength, screening) = (1, 0);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Laplace kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        phi = TRegister.InverseSqrt(r2);
        force = phi * (phi * phi);
    }

    /// <inheritdoc/>
    public static bool HasHessian => true;

    /// <inheritdoc/>
    /// <remarks>(3 d_a d_b / r^2 - delta_ab) / r^3: in this order nothing leaves the range that the result does not leave.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddHessian<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref HessianSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister b = block.B * charge.Q0, thrice = b + b + b, x = block.A * block.X, y = block.A * block.Y, z = block.A * block.Z;
        TRegister bx = thrice * x, by = thrice * y, bz = thrice * z;
        sum.XX = TRegister.MultiplyAdd(bx, x, sum.XX - b);
        sum.YY = TRegister.MultiplyAdd(by, y, sum.YY - b);
        sum.ZZ = TRegister.MultiplyAdd(bz, z, sum.ZZ - b);
        sum.XY = TRegister.MultiplyAdd(bx, y, sum.XY);
        sum.XZ = TRegister.MultiplyAdd(bx, z, sum.XZ);
        sum.YZ = TRegister.MultiplyAdd(by, z, sum.YZ);
    }
}

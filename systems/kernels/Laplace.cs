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
}

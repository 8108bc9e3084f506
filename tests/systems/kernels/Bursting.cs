using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>1 / r whose formula is not a number beyond r = 4, but in its scalar form: what no check at usual distances sees.</summary>
public readonly struct Bursting : IRadialKernel<Bursting>
{
    // With a degree lengths would be scaled, and none of 4 ever met: it has none.
    public static string Name => "bursting";

    public static void Evaluate(Bursting kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        double r2 = (dx * dx) + (dy * dy) + (dz * dz);
        matrix[0] = r2 == 0 ? 0 : 1 / Math.Sqrt(r2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Bursting kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister infinite = TRegister.Exp(TRegister.Constant(50) * r2);
        phi = TRegister.MultiplyAdd(infinite, TRegister.Zero, TRegister.InverseSqrt(r2));
        force = phi * phi * phi;
    }
}

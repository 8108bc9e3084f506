using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>Gravity softened below a length, K = 1 / sqrt(r^2 + e^2), as a user writes it: it solves no elliptic equation near that length.</summary>
public readonly record struct Softened(double Epsilon) : IRadialKernel<Softened>
{
    public static string Name => "softened";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Softened kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        phi = TRegister.InverseSqrt(r2 + TRegister.Constant(kernel.Epsilon * kernel.Epsilon));
        force = phi * phi * phi;
    }
}

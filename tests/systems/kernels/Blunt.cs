using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>
/// K = 1 / sqrt(r^2 + e^2) as <see cref="Softened"/>, 1 / e at distance zero by the kernel itself, in any unit. With e far below the distances of
/// the far field it solves Laplace's equation there to (e / r)^2.
/// </summary>
public readonly record struct Blunt(double Length) : IRadialKernel<Blunt>
{
    public static string Name => "test blunt";

    public static bool TryRescale(Blunt kernel, double unit, out Blunt rescaled, out double factor)
    {
        rescaled = new Blunt(kernel.Length / unit);
        factor = 1 / unit;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Blunt kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister> =>
        Softened.Profile(new Softened(kernel.Length), r2, out phi, out force);
}

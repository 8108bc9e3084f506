using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>K = 1 / r^2, which solves no elliptic equation in three dimensions: all that it declares is true, and yet expansions miss it.</summary>
public readonly struct InverseSquare : IRadialKernel<InverseSquare>
{
    public static string Name => "inverse square";

    public static int? Degree => -2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(InverseSquare kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(r2);
        phi = inverse * inverse;
        force = TRegister.Constant(2) * phi * phi;
    }
}

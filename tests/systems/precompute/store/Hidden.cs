using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>Yukawa's kernel as a user may write it: a plain struct, which tells nothing of its parameter and can't be rescaled.</summary>
public readonly struct Hidden(double k) : IRadialKernel<Hidden>
{
    private readonly Yukawa _yukawa = new(k);

    public static string Name => "hidden";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Hidden kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister> => Yukawa.Profile(kernel._yukawa, r2, out phi, out force);
}

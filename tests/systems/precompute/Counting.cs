using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>
/// K = 1 for every pair, at distance zero too by the kernel itself: the field of unit charges is the number of sources elsewhere, so that a
/// pair which is left out or taken twice, or one at distance zero that counts, shows as an integer.
/// </summary>
public readonly struct Counting : IRadialKernel<Counting>
{
    public static string Name => "test counting";

    public static int? Degree => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Counting kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        phi = TRegister.Constant(1);
        force = TRegister.Zero;
    }
}

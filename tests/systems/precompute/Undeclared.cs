using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The Laplace kernel by a user who has not declared that it is homogeneous.</summary>
public readonly struct Undeclared : IRadialKernel<Undeclared>
{
    public static string Name => "undeclared";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Undeclared kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister> => Laplace.Profile(default, r2, out phi, out force);
}

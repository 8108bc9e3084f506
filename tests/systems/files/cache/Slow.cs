using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Files;

/// <summary>Yukawa's kernel, whose scalar form takes as long as that of a kernel full of special functions.</summary>
public readonly struct Slow(double k) : IRadialKernel<Slow>
{
    private readonly Yukawa _yukawa = new(k);

    public static string Name => "slow";

    public static void Evaluate(Slow kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        Thread.SpinWait(3000);
        kernel._yukawa.Evaluate(dx, dy, dz, matrix);
    }

    public static double Normalisation(Slow kernel) => Yukawa.Normalisation(kernel._yukawa);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Slow kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister> => Yukawa.Profile(kernel._yukawa, r2, out phi, out force);
}

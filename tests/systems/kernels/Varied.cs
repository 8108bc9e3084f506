using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>Softened gravity of a quarter of a unit, with one thing that is not as it says in other units or far away.</summary>
public readonly struct Varied<TVariant> : IRadialKernel<Varied<TVariant>>
    where TVariant : struct, IVariant
{
    private readonly double _unit;

    private Varied(double unit) => _unit = unit;

    public static string Name => "test varied";

    public static bool HasFarForm => true;

    public static int? FarDegree => TVariant.FarDegree;

    private double Unit => _unit == 0 ? 1 : _unit;

    public static double Reach(Varied<TVariant> kernel) => TVariant.Reach / kernel.Unit * (kernel.Unit == 1 ? 1 : TVariant.RescaledReach);

    public static bool TryRescale(Varied<TVariant> kernel, double unit, out Varied<TVariant> rescaled, out double factor)
    {
        rescaled = new Varied<TVariant>(kernel.Unit * unit);
        factor = TVariant.RescaledFactor / unit;
        return true;
    }

    public static bool TryScreened(Varied<TVariant> kernel, out double strength, out double screening)
    {
        (strength, screening) = kernel.Unit == 1 ? (1, 0) : (TVariant.RescaledStrength, TVariant.RescaledScreening);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(Varied<TVariant> kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister> =>
        SoftenedGravity.Profile(new SoftenedGravity(0.25 / kernel.Unit), r2, out phi, out force);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> FarBlock<TRegister>(Varied<TVariant> kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        PairBlock<TRegister> block = SoftenedGravity.FarBlock(default, dx, dy, dz);
        block.A *= TRegister.Constant(TVariant.FarFactor);
        block.B *= TRegister.Constant(TVariant.FarFactor * TVariant.FarSlope);
        return block;
    }
}

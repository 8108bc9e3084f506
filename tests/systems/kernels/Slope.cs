using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The field of dipoles along x, x / |d|^3: odd, so that its matrix is its transpose's negative.</summary>
public readonly struct Slope : IKernel<Slope>
{
    public static string Name => "slope";

    public static int SourceComponents => 1;

    public static int PotentialComponents => 1;

    public static int? Degree => -2;

    public static KernelParity Parity => KernelParity.Odd;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(Slope kernel, TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = inverse * inverse * inverse };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 = TRegister.MultiplyAdd(block.A * block.X, charge.Q0, sum.P0);
}

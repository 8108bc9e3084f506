using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>(d . p) / |d|^3 and its derivatives: the potential of a dipole, the pressure of a point force.</summary>
internal static class DipoleFormula
{
    /// <summary>A = 1/r^3, B = -3/r^5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairBlock<TRegister> Block<TRegister>(TRegister dx, TRegister dy, TRegister dz)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx))), square = inverse * inverse, cube = square * inverse;
        return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = cube, B = TRegister.Constant(-3) * cube * square };
    }

    /// <summary>A (d . p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister> => sum.P0 = TRegister.MultiplyAdd(block.A, Dot(block, charge), sum.P0);

    /// <summary>A p + B (d . p) d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister along = block.B * Dot(block, charge);
        sum.G0X = TRegister.MultiplyAdd(along, block.X, TRegister.MultiplyAdd(block.A, charge.Q0, sum.G0X));
        sum.G0Y = TRegister.MultiplyAdd(along, block.Y, TRegister.MultiplyAdd(block.A, charge.Q1, sum.G0Y));
        sum.G0Z = TRegister.MultiplyAdd(along, block.Z, TRegister.MultiplyAdd(block.A, charge.Q2, sum.G0Z));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Dot<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge)
        where TRegister : unmanaged, IRegister<TRegister> =>
        TRegister.MultiplyAdd(block.Z, charge.Q2, TRegister.MultiplyAdd(block.Y, charge.Q1, block.X * charge.Q0));
}

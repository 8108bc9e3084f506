using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The second stage of kernels of waves: complex products spelt out, whatever made the first stage.</summary>
internal static class HelmholtzFormula
{
    /// <summary>The largest wave number.</summary>
    public const double Largest = 1e300;

    /// <summary>The largest in single precision: k r must not become infinite.</summary>
    public const double LargestSingle = 1e30;

    /// <summary>Refuses what is no part of a wave number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, above 1e300 or no number.</exception>
    public static void Require(double value, string parameter, string what)
    {
        if (!(value is >= 0 and <= Largest))
            throw new ArgumentOutOfRangeException(parameter, value, $"The {what} {parameter} must be finite and 0 or more, at most 1e300.");
    }

    /// <summary>(A + i B) q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        sum.P0 = TRegister.NegatedMultiplyAdd(block.B, charge.Q1, TRegister.MultiplyAdd(block.A, charge.Q0, sum.P0));
        sum.P1 = TRegister.MultiplyAdd(block.A, charge.Q1, TRegister.MultiplyAdd(block.B, charge.Q0, sum.P1));
    }

    /// <summary>(C + i D) q d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        TRegister real = TRegister.NegatedMultiplyAdd(block.D, charge.Q1, block.C * charge.Q0);
        TRegister imaginary = TRegister.MultiplyAdd(block.C, charge.Q1, block.D * charge.Q0);
        sum.G0X = TRegister.MultiplyAdd(real, block.X, sum.G0X);
        sum.G0Y = TRegister.MultiplyAdd(real, block.Y, sum.G0Y);
        sum.G0Z = TRegister.MultiplyAdd(real, block.Z, sum.G0Z);
        sum.G1X = TRegister.MultiplyAdd(imaginary, block.X, sum.G1X);
        sum.G1Y = TRegister.MultiplyAdd(imaginary, block.Y, sum.G1Y);
        sum.G1Z = TRegister.MultiplyAdd(imaginary, block.Z, sum.G1Z);
    }
}

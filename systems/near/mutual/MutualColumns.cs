using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The points that a run of rows meets, one a lane (hence columns): those of several leaves, relative to the centre of the rows' leaf, with their
/// charges and sums, component by component. A view of a worker's scratch.
/// </summary>
internal readonly unsafe struct MutualColumns<T>(T* memory, int stride, int components, int count)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly int Stride = stride;
    public readonly int Count = count;
    public readonly T* X = memory;
    public readonly T* Y = memory + stride;
    public readonly T* Z = memory + (2 * stride);
    public readonly T* Charges = memory + (3 * stride);
    public readonly T* Sums = memory + ((3 + components) * stride);

    /// <summary>Numbers of memory for columns of the length.</summary>
    public static int Length(int stride, int components, int sums) => (3 + components + sums) * stride;

    /// <summary>A register of charges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge<TRegister>(int charges, nint column, ref PairCharge<TRegister> charge)
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        charge.Q0 = TRegister.Load(Charges + column);
        if (charges > 1) charge.Q1 = TRegister.Load(Charges + Stride + column);
        if (charges > 2) charge.Q2 = TRegister.Load(Charges + (2 * Stride) + column);
        if (charges > 3) charge.Q3 = TRegister.Load(Charges + (3 * Stride) + column);
        if (charges > 4) charge.Q4 = TRegister.Load(Charges + (4 * Stride) + column);
        if (charges > 5) charge.Q5 = TRegister.Load(Charges + (5 * Stride) + column);
    }
}

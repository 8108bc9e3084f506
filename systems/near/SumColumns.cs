using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sums that lie by column, a register of points at a time: potentials first, then the derivatives of component 0, 1, 2.</summary>
internal static unsafe class SumColumns<TKernel, T, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TPart : struct, IFieldPart
{
    /// <summary>Reads a register of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(T* at, nint stride, ref FieldSum<TRegister> sum)
    {
        sum.P0 = TRegister.Load(at);
        if (TKernel.PotentialComponents > 1) sum.P1 = TRegister.Load(at + stride);
        if (TKernel.PotentialComponents > 2) sum.P2 = TRegister.Load(at + (2 * stride));
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * stride;
        sum.G0X = TRegister.Load(at);
        sum.G0Y = TRegister.Load(at + stride);
        sum.G0Z = TRegister.Load(at + (2 * stride));
        if (TKernel.PotentialComponents > 1)
        {
            sum.G1X = TRegister.Load(at + (3 * stride));
            sum.G1Y = TRegister.Load(at + (4 * stride));
            sum.G1Z = TRegister.Load(at + (5 * stride));
        }
        if (TKernel.PotentialComponents > 2)
        {
            sum.G2X = TRegister.Load(at + (6 * stride));
            sum.G2Y = TRegister.Load(at + (7 * stride));
            sum.G2Z = TRegister.Load(at + (8 * stride));
        }
    }

    /// <summary>Writes a register of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in FieldSum<TRegister> sum, T* at, nint stride)
    {
        TRegister.Store(sum.P0, at);
        if (TKernel.PotentialComponents > 1) TRegister.Store(sum.P1, at + stride);
        if (TKernel.PotentialComponents > 2) TRegister.Store(sum.P2, at + (2 * stride));
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * stride;
        TRegister.Store(sum.G0X, at);
        TRegister.Store(sum.G0Y, at + stride);
        TRegister.Store(sum.G0Z, at + (2 * stride));
        if (TKernel.PotentialComponents > 1)
        {
            TRegister.Store(sum.G1X, at + (3 * stride));
            TRegister.Store(sum.G1Y, at + (4 * stride));
            TRegister.Store(sum.G1Z, at + (5 * stride));
        }
        if (TKernel.PotentialComponents > 2)
        {
            TRegister.Store(sum.G2X, at + (6 * stride));
            TRegister.Store(sum.G2Y, at + (7 * stride));
            TRegister.Store(sum.G2Z, at + (8 * stride));
        }
    }
}

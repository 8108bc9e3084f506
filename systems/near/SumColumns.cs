using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sums that lie by column, a register of points at a time: potentials first, then the derivatives of component 0, 1, 2.</summary>
internal static unsafe class SumColumns<TKernel, T, TLane, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TPart : struct, IFieldPart
{
    /// <summary>Reads a register of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(T* at, nint stride, ref FieldSum<TLane> sum)
    {
        sum.P0 = TLane.Load(at);
        if (TKernel.PotentialComponents > 1) sum.P1 = TLane.Load(at + stride);
        if (TKernel.PotentialComponents > 2) sum.P2 = TLane.Load(at + (2 * stride));
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * stride;
        sum.G0X = TLane.Load(at);
        sum.G0Y = TLane.Load(at + stride);
        sum.G0Z = TLane.Load(at + (2 * stride));
        if (TKernel.PotentialComponents > 1)
        {
            sum.G1X = TLane.Load(at + (3 * stride));
            sum.G1Y = TLane.Load(at + (4 * stride));
            sum.G1Z = TLane.Load(at + (5 * stride));
        }
        if (TKernel.PotentialComponents > 2)
        {
            sum.G2X = TLane.Load(at + (6 * stride));
            sum.G2Y = TLane.Load(at + (7 * stride));
            sum.G2Z = TLane.Load(at + (8 * stride));
        }
    }

    /// <summary>Writes a register of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in FieldSum<TLane> sum, T* at, nint stride)
    {
        TLane.Store(sum.P0, at);
        if (TKernel.PotentialComponents > 1) TLane.Store(sum.P1, at + stride);
        if (TKernel.PotentialComponents > 2) TLane.Store(sum.P2, at + (2 * stride));
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * stride;
        TLane.Store(sum.G0X, at);
        TLane.Store(sum.G0Y, at + stride);
        TLane.Store(sum.G0Z, at + (2 * stride));
        if (TKernel.PotentialComponents > 1)
        {
            TLane.Store(sum.G1X, at + (3 * stride));
            TLane.Store(sum.G1Y, at + (4 * stride));
            TLane.Store(sum.G1Z, at + (5 * stride));
        }
        if (TKernel.PotentialComponents > 2)
        {
            TLane.Store(sum.G2X, at + (6 * stride));
            TLane.Store(sum.G2Y, at + (7 * stride));
            TLane.Store(sum.G2Z, at + (8 * stride));
        }
    }

    /// <summary>The sums over a register's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fold(in FieldSum<TLane> sum, T* at, nint stride)
    {
        *at = TLane.Sum(sum.P0);
        if (TKernel.PotentialComponents > 1) at[stride] = TLane.Sum(sum.P1);
        if (TKernel.PotentialComponents > 2) at[2 * stride] = TLane.Sum(sum.P2);
        if (!TPart.Gradient) return;
        at += TKernel.PotentialComponents * stride;
        *at = TLane.Sum(sum.G0X);
        at[stride] = TLane.Sum(sum.G0Y);
        at[2 * stride] = TLane.Sum(sum.G0Z);
        if (TKernel.PotentialComponents > 1)
        {
            at[3 * stride] = TLane.Sum(sum.G1X);
            at[4 * stride] = TLane.Sum(sum.G1Y);
            at[5 * stride] = TLane.Sum(sum.G1Z);
        }
        if (TKernel.PotentialComponents > 2)
        {
            at[6 * stride] = TLane.Sum(sum.G2X);
            at[7 * stride] = TLane.Sum(sum.G2Y);
            at[8 * stride] = TLane.Sum(sum.G2Z);
        }
    }
}

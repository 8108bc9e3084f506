using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A Chebyshev series at registers of points, with its derivatives where they are wanted. Points lie across the lanes.</summary>
internal static unsafe class SeriesSum<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Points are taken in groups of this many.</summary>
    public static int Group => 2 * TLane.Count;

    /// <summary>The series at all points.</summary>
    /// <param name="blocks">The blocks of the series.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="x">T_i(x) by column.</param>
    /// <param name="y">T_j(y) by column.</param>
    /// <param name="z">T_k(z) by column.</param>
    /// <param name="length">Points, whole groups; also the distance of two columns.</param>
    /// <param name="sums">Receives a number a point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Values(ReadOnlySpan<SeriesBlock> blocks, T* coefficients, T* x, T* y, T* z, int length, T* sums)
    {
        nint width = TLane.Count, step = length;
        for (int i = 0; i < length; i += Group)
        {
            TLane sum0 = TLane.Zero, sum1 = TLane.Zero;
            foreach (SeriesBlock block in blocks)
            {
                T* c = coefficients + block.Offset, end = c + block.Length, at = z + i;
                TLane a0 = TLane.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
                for (; c < end; c += 4, at += step)
                {
                    TLane z0 = TLane.Load(at), z1 = TLane.Load(at + width), factor = TLane.Broadcast(c);
                    a0 = TLane.MultiplyAdd(factor, z0, a0);
                    a1 = TLane.MultiplyAdd(factor, z1, a1);
                    factor = TLane.Broadcast(c + 1);
                    b0 = TLane.MultiplyAdd(factor, z0, b0);
                    b1 = TLane.MultiplyAdd(factor, z1, b1);
                    factor = TLane.Broadcast(c + 2);
                    c0 = TLane.MultiplyAdd(factor, z0, c0);
                    c1 = TLane.MultiplyAdd(factor, z1, c1);
                    factor = TLane.Broadcast(c + 3);
                    d0 = TLane.MultiplyAdd(factor, z0, d0);
                    d1 = TLane.MultiplyAdd(factor, z1, d1);
                }
                at = y + ((nint)block.J * length) + i;
                a0 *= TLane.Load(at);
                a1 *= TLane.Load(at + width);
                at += step;
                a0 = TLane.MultiplyAdd(b0, TLane.Load(at), a0);
                a1 = TLane.MultiplyAdd(b1, TLane.Load(at + width), a1);
                at += step;
                a0 = TLane.MultiplyAdd(c0, TLane.Load(at), a0);
                a1 = TLane.MultiplyAdd(c1, TLane.Load(at + width), a1);
                at += step;
                a0 = TLane.MultiplyAdd(d0, TLane.Load(at), a0);
                a1 = TLane.MultiplyAdd(d1, TLane.Load(at + width), a1);
                at = x + ((nint)block.I * length) + i;
                sum0 = TLane.MultiplyAdd(a0, TLane.Load(at), sum0);
                sum1 = TLane.MultiplyAdd(a1, TLane.Load(at + width), sum1);
            }
            TLane.Store(sum0, sums + i);
            TLane.Store(sum1, sums + i + width);
        }
    }

    /// <summary>The series and its derivatives along x, y and z at all points.</summary>
    /// <param name="blocks">The blocks of the series.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="values">T_i(x), T_j(y) and T_k(z) by column, <paramref name="room"/> numbers apart.</param>
    /// <param name="slopes">Their derivatives.</param>
    /// <param name="room">Numbers from the columns of an axis to those of the next.</param>
    /// <param name="length">Points, whole groups; also the distance of two columns.</param>
    /// <param name="factor">Factor of the derivatives.</param>
    /// <param name="sums">Receives a number a point.</param>
    /// <param name="derivatives">Receives three columns.</param>
    /// <param name="stride">From one of them to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ValuesAndSlopes(
        ReadOnlySpan<SeriesBlock> blocks, T* coefficients, T* values, T* slopes, nint room, int length, T factor, T* sums, T* derivatives, int stride)
    {
        nint step = length;
        TLane scale = TLane.Broadcast(factor);
        for (int i = 0; i < length; i += TLane.Count)
        {
            TLane sum = TLane.Zero, sumX = TLane.Zero, sumY = TLane.Zero, sumZ = TLane.Zero;
            foreach (SeriesBlock block in blocks)
            {
                T* c = coefficients + block.Offset, end = c + block.Length;
                T* value = values + (2 * room) + i, slope = slopes + (2 * room) + i;
                TLane a = TLane.Zero, b = a, d = a, e = a, aSlope = a, bSlope = a, dSlope = a, eSlope = a;
                for (; c < end; c += 4, value += step, slope += step)
                {
                    TLane z = TLane.Load(value), dz = TLane.Load(slope), one = TLane.Broadcast(c);
                    a = TLane.MultiplyAdd(one, z, a);
                    aSlope = TLane.MultiplyAdd(one, dz, aSlope);
                    one = TLane.Broadcast(c + 1);
                    b = TLane.MultiplyAdd(one, z, b);
                    bSlope = TLane.MultiplyAdd(one, dz, bSlope);
                    one = TLane.Broadcast(c + 2);
                    d = TLane.MultiplyAdd(one, z, d);
                    dSlope = TLane.MultiplyAdd(one, dz, dSlope);
                    one = TLane.Broadcast(c + 3);
                    e = TLane.MultiplyAdd(one, z, e);
                    eSlope = TLane.MultiplyAdd(one, dz, eSlope);
                }
                value = values + room + ((nint)block.J * length) + i;
                slope = slopes + room + ((nint)block.J * length) + i;
                TLane y = TLane.Load(value), dy = TLane.Load(slope), along = a * y, alongY = a * dy, alongZ = aSlope * y;
                y = TLane.Load(value + step);
                along = TLane.MultiplyAdd(b, y, along);
                alongY = TLane.MultiplyAdd(b, TLane.Load(slope + step), alongY);
                alongZ = TLane.MultiplyAdd(bSlope, y, alongZ);
                y = TLane.Load(value + (2 * step));
                along = TLane.MultiplyAdd(d, y, along);
                alongY = TLane.MultiplyAdd(d, TLane.Load(slope + (2 * step)), alongY);
                alongZ = TLane.MultiplyAdd(dSlope, y, alongZ);
                y = TLane.Load(value + (3 * step));
                along = TLane.MultiplyAdd(e, y, along);
                alongY = TLane.MultiplyAdd(e, TLane.Load(slope + (3 * step)), alongY);
                alongZ = TLane.MultiplyAdd(eSlope, y, alongZ);
                TLane x = TLane.Load(values + ((nint)block.I * length) + i);
                sum = TLane.MultiplyAdd(along, x, sum);
                sumX = TLane.MultiplyAdd(along, TLane.Load(slopes + ((nint)block.I * length) + i), sumX);
                sumY = TLane.MultiplyAdd(alongY, x, sumY);
                sumZ = TLane.MultiplyAdd(alongZ, x, sumZ);
            }
            TLane.Store(sum, sums + i);
            TLane.Store(sumX * scale, derivatives + i);
            TLane.Store(sumY * scale, derivatives + stride + i);
            TLane.Store(sumZ * scale, derivatives + (2 * (nint)stride) + i);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A Chebyshev series at registers of points, with its derivatives where they are wanted. Points lie across the lanes.</summary>
internal static unsafe class SeriesSum<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Points are taken in groups of this many.</summary>
    public static int Group => 2 * TRegister.Count;

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
        nint width = TRegister.Count, step = length;
        for (int i = 0; i < length; i += Group)
        {
            TRegister sum0 = TRegister.Zero, sum1 = TRegister.Zero;
            foreach (SeriesBlock block in blocks)
            {
                T* c = coefficients + block.Offset, end = c + block.Length, at = z + i;
                TRegister a0 = TRegister.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
                for (; c < end; c += 4, at += step)
                {
                    TRegister z0 = TRegister.Load(at), z1 = TRegister.Load(at + width), factor = TRegister.Broadcast(c);
                    a0 = TRegister.MultiplyAdd(factor, z0, a0);
                    a1 = TRegister.MultiplyAdd(factor, z1, a1);
                    factor = TRegister.Broadcast(c + 1);
                    b0 = TRegister.MultiplyAdd(factor, z0, b0);
                    b1 = TRegister.MultiplyAdd(factor, z1, b1);
                    factor = TRegister.Broadcast(c + 2);
                    c0 = TRegister.MultiplyAdd(factor, z0, c0);
                    c1 = TRegister.MultiplyAdd(factor, z1, c1);
                    factor = TRegister.Broadcast(c + 3);
                    d0 = TRegister.MultiplyAdd(factor, z0, d0);
                    d1 = TRegister.MultiplyAdd(factor, z1, d1);
                }
                at = y + ((nint)block.J * length) + i;
                a0 *= TRegister.Load(at);
                a1 *= TRegister.Load(at + width);
                at += step;
                a0 = TRegister.MultiplyAdd(b0, TRegister.Load(at), a0);
                a1 = TRegister.MultiplyAdd(b1, TRegister.Load(at + width), a1);
                at += step;
                a0 = TRegister.MultiplyAdd(c0, TRegister.Load(at), a0);
                a1 = TRegister.MultiplyAdd(c1, TRegister.Load(at + width), a1);
                at += step;
                a0 = TRegister.MultiplyAdd(d0, TRegister.Load(at), a0);
                a1 = TRegister.MultiplyAdd(d1, TRegister.Load(at + width), a1);
                at = x + ((nint)block.I * length) + i;
                sum0 = TRegister.MultiplyAdd(a0, TRegister.Load(at), sum0);
                sum1 = TRegister.MultiplyAdd(a1, TRegister.Load(at + width), sum1);
            }
            TRegister.Store(sum0, sums + i);
            TRegister.Store(sum1, sums + i + width);
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
        TRegister scale = TRegister.Broadcast(factor);
        for (int i = 0; i < length; i += TRegister.Count)
        {
            TRegister sum = TRegister.Zero, sumX = TRegister.Zero, sumY = TRegister.Zero, sumZ = TRegister.Zero;
            foreach (SeriesBlock block in blocks)
            {
                T* c = coefficients + block.Offset, end = c + block.Length;
                T* value = values + (2 * room) + i, slope = slopes + (2 * room) + i;
                TRegister a = TRegister.Zero, b = a, d = a, e = a, aSlope = a, bSlope = a, dSlope = a, eSlope = a;
                for (; c < end; c += 4, value += step, slope += step)
                {
                    TRegister z = TRegister.Load(value), dz = TRegister.Load(slope), one = TRegister.Broadcast(c);
                    a = TRegister.MultiplyAdd(one, z, a);
                    aSlope = TRegister.MultiplyAdd(one, dz, aSlope);
                    one = TRegister.Broadcast(c + 1);
                    b = TRegister.MultiplyAdd(one, z, b);
                    bSlope = TRegister.MultiplyAdd(one, dz, bSlope);
                    one = TRegister.Broadcast(c + 2);
                    d = TRegister.MultiplyAdd(one, z, d);
                    dSlope = TRegister.MultiplyAdd(one, dz, dSlope);
                    one = TRegister.Broadcast(c + 3);
                    e = TRegister.MultiplyAdd(one, z, e);
                    eSlope = TRegister.MultiplyAdd(one, dz, eSlope);
                }
                value = values + room + ((nint)block.J * length) + i;
                slope = slopes + room + ((nint)block.J * length) + i;
                TRegister y = TRegister.Load(value), dy = TRegister.Load(slope), along = a * y, alongY = a * dy, alongZ = aSlope * y;
                y = TRegister.Load(value + step);
                along = TRegister.MultiplyAdd(b, y, along);
                alongY = TRegister.MultiplyAdd(b, TRegister.Load(slope + step), alongY);
                alongZ = TRegister.MultiplyAdd(bSlope, y, alongZ);
                y = TRegister.Load(value + (2 * step));
                along = TRegister.MultiplyAdd(d, y, along);
                alongY = TRegister.MultiplyAdd(d, TRegister.Load(slope + (2 * step)), alongY);
                alongZ = TRegister.MultiplyAdd(dSlope, y, alongZ);
                y = TRegister.Load(value + (3 * step));
                along = TRegister.MultiplyAdd(e, y, along);
                alongY = TRegister.MultiplyAdd(e, TRegister.Load(slope + (3 * step)), alongY);
                alongZ = TRegister.MultiplyAdd(eSlope, y, alongZ);
                TRegister x = TRegister.Load(values + ((nint)block.I * length) + i);
                sum = TRegister.MultiplyAdd(along, x, sum);
                sumX = TRegister.MultiplyAdd(along, TRegister.Load(slopes + ((nint)block.I * length) + i), sumX);
                sumY = TRegister.MultiplyAdd(alongY, x, sumY);
                sumZ = TRegister.MultiplyAdd(alongZ, x, sumZ);
            }
            TRegister.Store(sum, sums + i);
            TRegister.Store(sumX * scale, derivatives + i);
            TRegister.Store(sumY * scale, derivatives + stride + i);
            TRegister.Store(sumZ * scale, derivatives + (2 * (nint)stride) + i);
        }
    }
}

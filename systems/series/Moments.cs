using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The moments of point charges: sums of q T_i(x) T_j(y) T_k(z) over points. Points lie across the lanes.</summary>
internal static unsafe class Moments<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Adds a piece's points to the moments, a register each, or sets them.</summary>
    /// <param name="blocks">The blocks of the series.</param>
    /// <param name="x">q T_i(x) by column.</param>
    /// <param name="y">T_j(y) by column.</param>
    /// <param name="z">T_k(z) by column.</param>
    /// <param name="length">Points, whole registers; also the distance of two columns.</param>
    /// <param name="first">True to set.</param>
    /// <param name="sums">A register a moment.</param>
    public static void Add(ReadOnlySpan<SeriesBlock> blocks, T* x, T* y, T* z, int length, bool first, T* sums)
    {
        foreach (SeriesBlock block in blocks)
        {
            T* xi = x + ((nint)block.I * length), yj = y + ((nint)block.J * length), zk = z;
            T* sum = sums + ((nint)block.Offset * TRegister.Count);
            int chunks = block.Chunks;
            if (sizeof(TRegister) == 64)
                for (; chunks > 1; chunks -= 2, zk += 6 * (nint)length, sum += 24 * TRegister.Count) Six(xi, yj, zk, length, first, sum);
            for (; chunks > 0; chunks--, zk += 3 * (nint)length, sum += 12 * TRegister.Count) Three(xi, yj, zk, length, first, sum);
        }
    }

    // Two chunks: 24 sums stand in the 32 registers that 512 bits bring with them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six(T* x, T* y, T* z, int length, bool first, T* sums)
    {
        int width = TRegister.Count;
        T* y1 = y + length, y2 = y1 + length, y3 = y2 + length;
        T* z1 = z + length, z2 = z1 + length, z3 = z2 + length, z4 = z3 + length, z5 = z4 + length;
        TRegister a0 = TRegister.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, c0 = a0, c1 = a0, c2 = a0, c3 = a0;
        TRegister d0 = a0, d1 = a0, d2 = a0, d3 = a0, e0 = a0, e1 = a0, e2 = a0, e3 = a0, f0 = a0, f1 = a0, f2 = a0, f3 = a0;
        for (nint i = 0; i < length; i += width)
        {
            TRegister q = TRegister.Load(x + i);
            TRegister w0 = q * TRegister.Load(y + i), w1 = q * TRegister.Load(y1 + i), w2 = q * TRegister.Load(y2 + i), w3 = q * TRegister.Load(y3 + i);
            TRegister v = TRegister.Load(z + i);
            a0 = TRegister.MultiplyAdd(w0, v, a0);
            a1 = TRegister.MultiplyAdd(w1, v, a1);
            a2 = TRegister.MultiplyAdd(w2, v, a2);
            a3 = TRegister.MultiplyAdd(w3, v, a3);
            v = TRegister.Load(z1 + i);
            b0 = TRegister.MultiplyAdd(w0, v, b0);
            b1 = TRegister.MultiplyAdd(w1, v, b1);
            b2 = TRegister.MultiplyAdd(w2, v, b2);
            b3 = TRegister.MultiplyAdd(w3, v, b3);
            v = TRegister.Load(z2 + i);
            c0 = TRegister.MultiplyAdd(w0, v, c0);
            c1 = TRegister.MultiplyAdd(w1, v, c1);
            c2 = TRegister.MultiplyAdd(w2, v, c2);
            c3 = TRegister.MultiplyAdd(w3, v, c3);
            v = TRegister.Load(z3 + i);
            d0 = TRegister.MultiplyAdd(w0, v, d0);
            d1 = TRegister.MultiplyAdd(w1, v, d1);
            d2 = TRegister.MultiplyAdd(w2, v, d2);
            d3 = TRegister.MultiplyAdd(w3, v, d3);
            v = TRegister.Load(z4 + i);
            e0 = TRegister.MultiplyAdd(w0, v, e0);
            e1 = TRegister.MultiplyAdd(w1, v, e1);
            e2 = TRegister.MultiplyAdd(w2, v, e2);
            e3 = TRegister.MultiplyAdd(w3, v, e3);
            v = TRegister.Load(z5 + i);
            f0 = TRegister.MultiplyAdd(w0, v, f0);
            f1 = TRegister.MultiplyAdd(w1, v, f1);
            f2 = TRegister.MultiplyAdd(w2, v, f2);
            f3 = TRegister.MultiplyAdd(w3, v, f3);
        }
        Put(sums, a0, a1, a2, a3, first);
        Put(sums + (4 * width), b0, b1, b2, b3, first);
        Put(sums + (8 * width), c0, c1, c2, c3, first);
        Put(sums + (12 * width), d0, d1, d2, d3, first);
        Put(sums + (16 * width), e0, e1, e2, e3, first);
        Put(sums + (20 * width), f0, f1, f2, f3, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(T* x, T* y, T* z, int length, bool first, T* sums)
    {
        int width = TRegister.Count;
        T* y1 = y + length, y2 = y1 + length, y3 = y2 + length, z1 = z + length, z2 = z1 + length;
        TRegister a0 = TRegister.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, c0 = a0, c1 = a0, c2 = a0, c3 = a0;
        for (nint i = 0; i < length; i += width)
        {
            TRegister q = TRegister.Load(x + i), u = TRegister.Load(z + i), v = TRegister.Load(z1 + i), w = TRegister.Load(z2 + i);
            TRegister r = q * TRegister.Load(y + i);
            a0 = TRegister.MultiplyAdd(r, u, a0);
            b0 = TRegister.MultiplyAdd(r, v, b0);
            c0 = TRegister.MultiplyAdd(r, w, c0);
            r = q * TRegister.Load(y1 + i);
            a1 = TRegister.MultiplyAdd(r, u, a1);
            b1 = TRegister.MultiplyAdd(r, v, b1);
            c1 = TRegister.MultiplyAdd(r, w, c1);
            r = q * TRegister.Load(y2 + i);
            a2 = TRegister.MultiplyAdd(r, u, a2);
            b2 = TRegister.MultiplyAdd(r, v, b2);
            c2 = TRegister.MultiplyAdd(r, w, c2);
            r = q * TRegister.Load(y3 + i);
            a3 = TRegister.MultiplyAdd(r, u, a3);
            b3 = TRegister.MultiplyAdd(r, v, b3);
            c3 = TRegister.MultiplyAdd(r, w, c3);
        }
        Put(sums, a0, a1, a2, a3, first);
        Put(sums + (4 * width), b0, b1, b2, b3, first);
        Put(sums + (8 * width), c0, c1, c2, c3, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* sums, TRegister a, TRegister b, TRegister c, TRegister d, bool first)
    {
        if (!first)
        {
            a += TRegister.Load(sums);
            b += TRegister.Load(sums + TRegister.Count);
            c += TRegister.Load(sums + (2 * TRegister.Count));
            d += TRegister.Load(sums + (3 * TRegister.Count));
        }
        TRegister.Store(a, sums);
        TRegister.Store(b, sums + TRegister.Count);
        TRegister.Store(c, sums + (2 * TRegister.Count));
        TRegister.Store(d, sums + (3 * TRegister.Count));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Eight mirror images, or eight children, to their eight sums with the signs of each parity: a Walsh-Hadamard transform. Sum s has the sign
/// -1 for each bit that s shares with the number of the image. Applied twice it gives eight times what it was given.
/// </summary>
internal static unsafe class WalshHadamard<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Eight registers to their sums; with <see cref="Register1{T}"/>, eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(
        ref TRegister v0, ref TRegister v1, ref TRegister v2, ref TRegister v3, ref TRegister v4, ref TRegister v5, ref TRegister v6, ref TRegister v7)
    {
        TRegister a = v0 + v1, b = v2 + v3, c = v4 + v5, d = v6 + v7, e = v0 - v1, f = v2 - v3, g = v4 - v5, h = v6 - v7;
        TRegister low = a + b, high = c + d, oddLow = e + f, oddHigh = g + h;
        v0 = low + high;
        v4 = low - high;
        v1 = oddLow + oddHigh;
        v5 = oddLow - oddHigh;
        low = a - b;
        high = c - d;
        oddLow = e - f;
        oddHigh = g - h;
        v2 = low + high;
        v6 = low - high;
        v3 = oddLow + oddHigh;
        v7 = oddLow - oddHigh;
    }

    /// <summary>The sums of eight registers in memory, from one to the next <paramref name="stride"/> numbers, in their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(T* at, nint stride)
    {
        TRegister v0 = TRegister.Load(at), v1 = TRegister.Load(at + stride), v2 = TRegister.Load(at + (2 * stride)), v3 = TRegister.Load(at + (3 * stride));
        TRegister v4 = TRegister.Load(at + (4 * stride)), v5 = TRegister.Load(at + (5 * stride)), v6 = TRegister.Load(at + (6 * stride)), v7 = TRegister.Load(at + (7 * stride));
        Sums(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        TRegister.Store(v0, at);
        TRegister.Store(v1, at + stride);
        TRegister.Store(v2, at + (2 * stride));
        TRegister.Store(v3, at + (3 * stride));
        TRegister.Store(v4, at + (4 * stride));
        TRegister.Store(v5, at + (5 * stride));
        TRegister.Store(v6, at + (6 * stride));
        TRegister.Store(v7, at + (7 * stride));
    }

    /// <summary>The sums of eight rows at even distances.</summary>
    /// <param name="rows">First row.</param>
    /// <param name="rowStride">From one row to the next.</param>
    /// <param name="count">Numbers a row; rounded up to whole registers.</param>
    /// <param name="sums">First row of sums.</param>
    /// <param name="stride">From one row of sums to the next.</param>
    public static void Run(T* rows, nint rowStride, int count, T* sums, nint stride)
    {
        T** eight = stackalloc T*[8];
        for (int i = 0; i < 8; i++) eight[i] = rows + (i * rowStride);
        Run(eight, count, sums, stride);
    }

    /// <summary>Adds the sums of eight rows to eight rows without gaps.</summary>
    /// <param name="rows">First row; readable up to whole registers. They are overwritten by their sums.</param>
    /// <param name="rowStride">From one of them to the next.</param>
    /// <param name="count">Numbers a row.</param>
    /// <param name="to">First of the rows to add to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* rows, nint rowStride, int count, T* to)
    {
        // Each register is read before its sums take its place.
        Run(rows, rowStride, count, rows, rowStride);
        for (int row = 0; row < 8; row++, rows += rowStride, to += count)
        {
            int i = 0;
            for (; i + TRegister.Count <= count; i += TRegister.Count) TRegister.Store(TRegister.Load(to + i) + TRegister.Load(rows + i), to + i);
            for (; i < count; i++) to[i] += rows[i];
        }
    }

    /// <summary>Makes whole registers of eight rows of sums.</summary>
    /// <param name="rows">The eight rows.</param>
    /// <param name="count">Numbers a row; rounded up to whole registers.</param>
    /// <param name="sums">First row of sums.</param>
    /// <param name="stride">From one row of sums to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T** rows, int count, T* sums, nint stride)
    {
        T* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
        for (nint i = 0; i < count; i += TRegister.Count, sums += TRegister.Count)
        {
            TRegister a = TRegister.Load(r0 + i), b = TRegister.Load(r1 + i), c = TRegister.Load(r2 + i), d = TRegister.Load(r3 + i);
            TRegister e = TRegister.Load(r4 + i), f = TRegister.Load(r5 + i), g = TRegister.Load(r6 + i), h = TRegister.Load(r7 + i);
            Sums(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            TRegister.Store(a, sums);
            TRegister.Store(b, sums + stride);
            TRegister.Store(c, sums + (2 * stride));
            TRegister.Store(d, sums + (3 * stride));
            TRegister.Store(e, sums + (4 * stride));
            TRegister.Store(f, sums + (5 * stride));
            TRegister.Store(g, sums + (6 * stride));
            TRegister.Store(h, sums + (7 * stride));
        }
    }
}

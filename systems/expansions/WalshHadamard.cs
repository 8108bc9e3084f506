using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Eight rows, one a child, to eight sums of them with the signs of each parity: a Walsh-Hadamard transform of rows.</summary>
internal static unsafe class WalshHadamard<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
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
            TRegister ab = a + b, cd = c + d, ef = e + f, gh = g + h;
            TRegister sum = ab + cd, other = ef + gh;
            TRegister.Store(sum + other, sums);
            TRegister.Store(sum - other, sums + (4 * stride));
            sum = ab - cd;
            other = ef - gh;
            TRegister.Store(sum + other, sums + (2 * stride));
            TRegister.Store(sum - other, sums + (6 * stride));
            ab = a - b;
            cd = c - d;
            ef = e - f;
            gh = g - h;
            sum = ab + cd;
            other = ef + gh;
            TRegister.Store(sum + other, sums + stride);
            TRegister.Store(sum - other, sums + (5 * stride));
            sum = ab - cd;
            other = ef - gh;
            TRegister.Store(sum + other, sums + (3 * stride));
            TRegister.Store(sum - other, sums + (7 * stride));
        }
    }
}

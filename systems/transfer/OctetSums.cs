using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Eight rows, one a child, to eight sums of them with the signs of each parity: a Walsh-Hadamard transform of rows.</summary>
internal static unsafe class OctetSums<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Makes whole registers of eight rows of sums.</summary>
    /// <param name="rows">The eight rows.</param>
    /// <param name="count">Numbers a row; rounded up to whole registers.</param>
    /// <param name="sums">First row of sums.</param>
    /// <param name="stride">From one row of sums to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T** rows, int count, T* sums, nint stride)
    {
        T* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
        for (nint i = 0; i < count; i += TLane.Count, sums += TLane.Count)
        {
            TLane a = TLane.Load(r0 + i), b = TLane.Load(r1 + i), c = TLane.Load(r2 + i), d = TLane.Load(r3 + i);
            TLane e = TLane.Load(r4 + i), f = TLane.Load(r5 + i), g = TLane.Load(r6 + i), h = TLane.Load(r7 + i);
            TLane ab = a + b, cd = c + d, ef = e + f, gh = g + h;
            TLane sum = ab + cd, other = ef + gh;
            TLane.Store(sum + other, sums);
            TLane.Store(sum - other, sums + (4 * stride));
            sum = ab - cd;
            other = ef - gh;
            TLane.Store(sum + other, sums + (2 * stride));
            TLane.Store(sum - other, sums + (6 * stride));
            ab = a - b;
            cd = c - d;
            ef = e - f;
            gh = g - h;
            sum = ab + cd;
            other = ef + gh;
            TLane.Store(sum + other, sums + stride);
            TLane.Store(sum - other, sums + (5 * stride));
            sum = ab - cd;
            other = ef - gh;
            TLane.Store(sum + other, sums + (3 * stride));
            TLane.Store(sum - other, sums + (7 * stride));
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// Fused multiply-adds in registers. Twelve independent sums cover a latency of four or five cycles on two units, and with two
/// operands still fit into the sixteen registers of AVX2.
/// </summary>
internal sealed unsafe class FmaLoop<T, TLane>(int threads) : LimitLoop
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private const int Turns = 2_000;
    private const int Sums = 12;

    // The loop's result, a cache line a worker: written, so that the loop can't be left out.
    private readonly T[] _results = new T[32 * (threads + 1)];

    protected override double Work => 2.0 * Sums * TLane.Count * Turns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Repeat(int worker, int repetitions)
    {
        // Sums tend to y / (1 - x) = 1: no overflow, no subnormal numbers.
        TLane x = TLane.Constant(0.5), y = TLane.Constant(0.5);
        TLane a = TLane.Constant(1), b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (long turn = (long)repetitions * Turns; turn > 0; turn--)
        {
            a = TLane.MultiplyAdd(a, x, y);
            b = TLane.MultiplyAdd(b, x, y);
            c = TLane.MultiplyAdd(c, x, y);
            d = TLane.MultiplyAdd(d, x, y);
            e = TLane.MultiplyAdd(e, x, y);
            f = TLane.MultiplyAdd(f, x, y);
            g = TLane.MultiplyAdd(g, x, y);
            h = TLane.MultiplyAdd(h, x, y);
            i = TLane.MultiplyAdd(i, x, y);
            j = TLane.MultiplyAdd(j, x, y);
            k = TLane.MultiplyAdd(k, x, y);
            l = TLane.MultiplyAdd(l, x, y);
        }

        TLane sum = a + b + c + d + e + f + g + h + i + j + k + l;
        T* numbers = stackalloc T[TLane.Count];
        TLane.Store(sum, numbers);
        _results[32 * worker] = numbers[0];
    }
}

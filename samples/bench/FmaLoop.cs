using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// Fused multiply-adds in registers. Twelve independent sums cover a latency of four or five cycles on two units, and with two
/// operands still fit into the sixteen registers of AVX2.
/// </summary>
internal sealed unsafe class FmaLoop<T, TRegister>(int threads) : LimitLoop
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private const int Turns = 2_000;
    private const int Sums = 12;

    // The loop's result, a cache line a worker: written, so that the loop can't be left out.
    private readonly T[] _results = new T[32 * (threads + 1)];

    protected override double Work => 2.0 * Sums * TRegister.Count * Turns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Repeat(int worker, int repetitions)
    {
        // Sums tend to y / (1 - x) = 1: no overflow, no subnormal numbers.
        TRegister x = TRegister.Constant(0.5), y = TRegister.Constant(0.5);
        TRegister a = TRegister.Constant(1), b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (long turn = (long)repetitions * Turns; turn > 0; turn--)
        {
            a = TRegister.MultiplyAdd(a, x, y);
            b = TRegister.MultiplyAdd(b, x, y);
            c = TRegister.MultiplyAdd(c, x, y);
            d = TRegister.MultiplyAdd(d, x, y);
            e = TRegister.MultiplyAdd(e, x, y);
            f = TRegister.MultiplyAdd(f, x, y);
            g = TRegister.MultiplyAdd(g, x, y);
            h = TRegister.MultiplyAdd(h, x, y);
            i = TRegister.MultiplyAdd(i, x, y);
            j = TRegister.MultiplyAdd(j, x, y);
            k = TRegister.MultiplyAdd(k, x, y);
            l = TRegister.MultiplyAdd(l, x, y);
        }

        TRegister sum = a + b + c + d + e + f + g + h + i + j + k + l;
        T* numbers = stackalloc T[TRegister.Count];
        TRegister.Store(sum, numbers);
        _results[32 * worker] = numbers[0];
    }
}

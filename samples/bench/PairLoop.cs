using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The engine's own near-field loop on points that stay in the first-level cache: nothing gathered, nothing scattered.</summary>
internal sealed unsafe class PairLoop<T, TLane> : LimitLoop, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private const int Points = 256;
    private readonly Ledger _ledger = new();
    private readonly NativeBuffer<T>[] _memory;
    private readonly bool _gradient;

    public PairLoop(int threads, bool gradient)
    {
        _gradient = gradient;
        _memory = new NativeBuffer<T>[threads];
        Xoshiro256 random = new(1);
        for (int worker = 0; worker < threads; worker++)
        {
            _memory[worker] = new NativeBuffer<T>(_ledger, "pair loop", 8 * Points);
            for (int i = 0; i < 4 * Points; i++)
            {
                _memory[worker].Pointer[i] = T.CreateTruncating(random.Between(-0.5, 0.5));
            }
        }
    }

    protected override double Work => (double)Points * Points;

    public void Dispose() => Array.ForEach(_memory, memory => memory.Dispose());

    protected override void Repeat(int worker, int repetitions)
    {
        T* x = _memory[worker].Pointer;
        PointList<T> points = new(x, x + Points, x + (2 * Points), Points);
        T* charges = x + (3 * Points), sums = x + (4 * Points);
        for (int i = 0; i < repetitions; i++)
        {
            DirectSum<Laplace, T, TLane>.Add(default, points, points, charges, sums, Points, _gradient);
        }
    }
}

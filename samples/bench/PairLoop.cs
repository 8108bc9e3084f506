using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The engine's own near-field loops on points that stay in the first-level cache: nothing gathered, nothing scattered.</summary>
internal sealed unsafe class PairLoop<T, TRegister, TApart> : LimitLoop, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TApart : unmanaged, IRegister<TApart, T>
{
    private const int Points = 256;
    private readonly Ledger _ledger = new();
    private readonly NativeBuffer<T>[] _memory;
    private readonly bool _gradient;
    private readonly bool _mutual;

    public PairLoop(int threads, bool gradient, bool mutual)
    {
        _gradient = gradient;
        _mutual = mutual;
        _memory = new NativeBuffer<T>[threads];
        Xoshiro256 random = new(1);
        for (int worker = 0; worker < threads; worker++)
        {
            _memory[worker] = new NativeBuffer<T>(_ledger, "pair loop", (24 * Points) + 1024);
            for (int i = 0; i < 8 * Points; i++) _memory[worker].Pointer[i] = T.CreateTruncating(random.Between(-0.5, 0.5));
        }
    }

    protected override double Work => (_mutual ? 2.0 : 1.0) * Points * Points;

    public void Dispose() => Array.ForEach(_memory, memory => memory.Dispose());

    protected override void Repeat(int worker, int repetitions)
    {
        if (_mutual && _gradient) RepeatMutual<PotentialWithGradient>(worker, repetitions);
        else if (_mutual) RepeatMutual<PotentialAlone>(worker, repetitions);
        else RepeatOneWay(worker, repetitions);
    }

    private void RepeatOneWay(int worker, int repetitions)
    {
        T* x = _memory[worker].Pointer;
        PointList<T> points = new(x, x + Points, x + (2 * Points), Points);
        T* charges = x + (3 * Points), sums = x + (8 * Points);
        for (int i = 0; i < repetitions; i++) DirectSum<Laplace, T, TRegister>.Add(default, points, points, charges, sums, Points, _gradient);
    }

    // Rows and columns are different points: x, y, z, charges of the ones, the same of the others with their sums, sums of the rows.
    private void RepeatMutual<TPart>(int worker, int repetitions)
        where TPart : struct, IFieldPart
    {
        T* x = _memory[worker].Pointer, sums = x + (12 * Points), held = x + (16 * Points);
        PointList<T> rows = new(x, x + Points, x + (2 * Points), Points);
        MutualColumns<T> columns = new(x + (4 * Points), Points, 1, Points);
        MutualPairs<Laplace, T, TApart, TPart>.Prepare(held, T.One);
        for (int i = 0; i < repetitions; i++)
            MutualPairs<Laplace, T, TApart, TPart>.Add(default, rows, x + (3 * Points), sums, Points, columns, same: false, held);
    }
}

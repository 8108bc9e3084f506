using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The work of one unit, run after run. The points behind a run that lie near it are copied side by side until the first-level cache is full;
/// they and the run act on each other; and their sums go where they belong, to the unit's own or to its spill. Pairs that lie too close for
/// rounded coordinates are then put right.
/// </summary>
internal unsafe ref partial struct MutualRuns<TKernel, T, TRegister, TApart, TPart>(
    NearInput<T> input, LevelKernels<TKernel, T> kernels, double reach, bool showsCoincidence, T* held, T* memory, T* own, int ownStart, int ownCount, int ownStride,
    T* spill, int spillStride, int* offsets, int* close)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TApart : unmanaged, IRegister<TApart, T>
    where TPart : struct, IFieldPart
{
    private const int Pieces = 128;
    private const int MostClose = 8;

    // The registers of TApart do not look for coincident points. Where sums show some, all is done again with those that do; after so many times
    // the unit takes these at once.
    private const int Patience = 4;
    private PieceList _pieces;
    private NearRun _run;
    private TKernel _kernel;
    private Position _origin;
    private double _unit, _inverse;
    private T _far, _potential, _gradient, _rowPotential, _rowGradient, _reach, _halfWidth;
    private int _level = -1;
    private int _count, _flushed, _pieceCount, _coincidences;
    private bool _same;

    /// <summary>Pairs evaluated.</summary>
    public long Pairs { get; private set; }

    /// <summary>Pairs put right.</summary>
    public long ClosePairCount { get; private set; }

    /// <summary>Whether there are too many of them in one place, or some too close for the working precision.</summary>
    public bool IsBeyond { get; private set; }

    /// <summary>Numbers of the memory for close pairs.</summary>
    public static int CloseLength => Capacity + RowStride;

    // In single precision so many close pairs a point of a unit are a case for double precision.
    private bool IsHopeless => IsBeyond |= !LevelUnit.IsAbsolute<T>() && ClosePairCount > 64 + (MostClose * ownCount);

    /// <summary>Numbers of memory.</summary>
    public static int Length => MutualColumns<T>.Length(Stride, TKernel.SourceComponents, Components) + (Components * RowStride) + Stride;

    private static int Components => MutualPairs<TKernel, T, TRegister, TPart>.Components;

    // As many columns as fit the first-level cache, and room for a run at least.
    private static int Capacity => Math.Max(WorkPlan.RowsARun, 40960 / sizeof(T) / (3 + TKernel.SourceComponents + Components) / 64 * 64);

    private static int Stride => Capacity + 64;

    private static int RowStride => WorkPlan.RowsARun + 64;

    /// <summary>Adds all pairs of a run's points with those behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(NearRun run)
    {
        _run = run;
        _origin = input.Origin(run.Level, run.Row);
        if (run.Level != _level) Enter(run.Level);
        _same = true;
        SourceRange leaf = input.Lists.Sources[run.Level][run.Row];
        int node = input.Numbers[run.Level] + run.Row;
        _flushed = 0;
        Append(leaf.Start, run.Start, run.Count, node, T.One, T.Zero, T.Zero, T.Zero);
        Append(leaf.Start, run.Start + run.Count, leaf.End - run.Start - run.Count, node, T.One, T.Zero, T.Zero, T.Zero);
        for (NearLists.Members member = input.Lists.Of(run.Level, run.Row); member.Next();)
        {
            SourceRange range = member.Behind(run, leaf);
            if (range.Count == 0) continue;
            Shift(member, out T dx, out T dy, out T dz);
            Append(member.Sources.Start, range.Start, range.Count, input.Numbers[member.Level] + member.Row, Scale(member.Level), dx, dy, dz);
        }
        Flush();
    }

    // A member's origin from the run's, in the run's unit, which is a power of two: the difference is rounded once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Shift(in NearLists.Members member, out T dx, out T dy, out T dz)
    {
        Position origin = input.Origin(member.Member);
        dx = T.CreateTruncating((origin.X - _origin.X) * _inverse);
        dy = T.CreateTruncating((origin.Y - _origin.Y) * _inverse);
        dz = T.CreateTruncating((origin.Z - _origin.Z) * _inverse);
    }

    // A level's unit in the run's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Scale(int level) => level == _level ? T.One : T.CreateTruncating(kernels.Unit(level) * _inverse);

    private void Enter(int level)
    {
        _level = level;
        _kernel = kernels[level];
        _unit = kernels.Unit(level);
        _inverse = 1 / _unit; // A power of two.
        double halfWidth = input.HalfWidth(level);
        _far = T.CreateTruncating(4 * halfWidth);
        _reach = T.CreateTruncating(reach * halfWidth);
        _halfWidth = T.CreateTruncating(halfWidth);
        _potential = T.CreateTruncating(kernels.PotentialFactor(level));
        _gradient = T.CreateTruncating(kernels.GradientFactor(level));
        // The loops give a row the field of K(d) where its own is that of K(-d).
        _rowPotential = _potential * T.CreateTruncating(PairEvaluation<TKernel, TRegister, TPart>.PotentialSign);
        _rowGradient = _gradient * T.CreateTruncating(PairEvaluation<TKernel, TRegister, TPart>.GradientSign);
        MutualPairs<TKernel, T, TRegister, TPart>.Prepare(held, _far);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(int leafStart, int start, int count, int node, T scale, T dx, T dy, T dz)
    {
        int ownEnd = ownStart + ownCount;
        while (count > 0)
        {
            bool mine = start < ownEnd;
            int piece = Math.Min(Math.Min(count, Capacity - _count), mine ? ownEnd - start : int.MaxValue);
            T* sums = mine ? own + (start - ownStart) : spill + offsets[node] + (start - Math.Max(ownEnd, leafStart));
            Gather(start, piece, scale, dx, dy, dz);
            // Siblings' points follow each other, and so do their sums: longer pieces have fewer ends.
            if (_pieceCount > 0 && _pieces[_pieceCount - 1].End == (nint)sums) _pieces[_pieceCount - 1].Count += piece;
            else _pieces[_pieceCount++] = new Piece { Sums = sums, Stride = mine ? ownStride : spillStride, Count = piece };
            _count += piece;
            start += piece;
            count -= piece;
            if (_count == Capacity || _pieceCount == Pieces) Flush();
        }
    }

    // Whole registers: what stands behind the last point is the next piece's place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Gather(int start, int count, T scale, T shiftX, T shiftY, T shiftZ)
    {
        PointList<T> points = input.Points.SourceList(start, count);
        MutualColumns<T> columns = Columns;
        T* x = columns.X + _count, y = columns.Y + _count, z = columns.Z + _count, q = columns.Charges + _count;
        T* charges = input.Points.Charges(start, TKernel.SourceComponents);
        TRegister unit = TRegister.Broadcast(scale);
        TRegister dx = TRegister.Broadcast(shiftX), dy = TRegister.Broadcast(shiftY), dz = TRegister.Broadcast(shiftZ);
        for (nint i = 0; i < count; i += TRegister.Count)
        {
            TRegister.Store(TRegister.MultiplyAdd(TRegister.Load(points.X + i), unit, dx), x + i);
            TRegister.Store(TRegister.MultiplyAdd(TRegister.Load(points.Y + i), unit, dy), y + i);
            TRegister.Store(TRegister.MultiplyAdd(TRegister.Load(points.Z + i), unit, dz), z + i);
            if (TKernel.SourceComponents == 1) TRegister.Store(TRegister.Load(charges + i), q + i);
        }
        if (TKernel.SourceComponents == 1) return;
        for (int c = 0; c < TKernel.SourceComponents; c++)
            for (int i = 0; i < count; i++) q[(c * Stride) + i] = charges[(i * TKernel.SourceComponents) + c];
    }

    private void Flush()
    {
        if (_count == 0) return;
        MutualColumns<T> columns = Columns;
        TRegister nowhere = TRegister.Broadcast(*input.Points.SourceList(_run.Start, 1).X + _far);
        for (int lane = 0; lane < 2; lane++)
        {
            TRegister.Store(nowhere, columns.X + _count + (lane * TRegister.Count));
            for (int c = 1; c < 3 + TKernel.SourceComponents; c++) TRegister.Store(TRegister.Zero, columns.X + (c * Stride) + _count + (lane * TRegister.Count));
        }
        bool apart = showsCoincidence && typeof(TApart) != typeof(TRegister) && _coincidences < Patience;
        if (!Evaluate(columns, apart))
        {
            _coincidences++;
            Evaluate(columns, apart = false);
        }
        if (input.LooksForPairs)
        {
            if (apart) PutRight<TApart>(in columns);
            else PutRight<TRegister>(in columns);
        }
        Pairs += _same ? ((long)_run.Count * (_count - _run.Count)) + ((long)_run.Count * (_run.Count - 1) / 2) : (long)_run.Count * _count;
        _same = false;
        for (int i = 0, at = 0; i < _pieceCount; at += _pieces[i++].Count)
            Add(columns.Sums + at, Stride, _pieces[i].Sums, _pieces[i].Stride, _pieces[i].Count, _potential, _gradient);
        Add(RowSums, RowStride, own + (_run.Start - ownStart), ownStride, _run.Count, _rowPotential, _rowGradient);
        _flushed += _count;
        _count = _pieceCount = 0;
    }

    // True unless points coincide that were not looked for.
    private readonly bool Evaluate(MutualColumns<T> columns, bool apart)
    {
        for (int c = 0; c < Components; c++) new Span<T>(columns.Sums + (c * Stride), _count + (2 * TRegister.Count)).Clear();
        PointList<T> rows = input.Points.SourceList(_run.Start, _run.Count);
        T* charges = input.Points.Charges(_run.Start, TKernel.SourceComponents);
        if (apart) return MutualPairs<TKernel, T, TApart, TPart>.Add(_kernel, rows, charges, RowSums, RowStride, columns, _same, held);
        MutualPairs<TKernel, T, TRegister, TPart>.Add(_kernel, rows, charges, RowSums, RowStride, columns, _same, held);
        return true;
    }

    // target += source in the root's unit; the last register's lanes behind the points get zeros.
    private readonly void Add(T* source, int sourceStride, T* target, int targetStride, int count, T potential, T gradient)
    {
        int whole = count / TRegister.Count * TRegister.Count;
        TRegister rest = TRegister.Load(MutualPairs<TKernel, T, TRegister, TPart>.FirstLanes(held, count - whole));
        for (int c = 0; c < Components; c++, source += sourceStride, target += targetStride)
        {
            TRegister factor = TRegister.Broadcast(c < TKernel.PotentialComponents ? potential : gradient);
            for (nint i = 0; i < whole; i += TRegister.Count) TRegister.Store(TRegister.MultiplyAdd(TRegister.Load(source + i), factor, TRegister.Load(target + i)), target + i);
            if (whole < count) TRegister.Store(TRegister.MultiplyAdd(TRegister.Load(source + whole) * factor, rest, TRegister.Load(target + whole)), target + whole);
        }
    }

    private readonly T* RowSums => memory + MutualColumns<T>.Length(Stride, TKernel.SourceComponents, Components);

    private readonly MutualColumns<T> Columns => new(memory, Stride, TKernel.SourceComponents, _count);

    // Columns whose sums go to one place.
    private struct Piece
    {
        public T* Sums;
        public int Stride, Count;

        public readonly nint End => (nint)(Sums + Count);
    }

    [InlineArray(Pieces)]
    private struct PieceList
    {
        private Piece _first;
    }
}

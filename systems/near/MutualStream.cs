using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Gathers the columns of one run after another, lets them and the run's rows act on each other, and brings the columns' sums to where
/// they belong: the unit's own, or its halo.
/// </summary>
internal unsafe ref struct MutualStream<TKernel, T, TLane, TApart, TPart>(
    NearInput<T> input, TKernel kernel, T* held, T* memory, T* own, int ownStart, int ownCount, int ownStride, T* halo, int haloStride, int* offsets)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TApart : unmanaged, ILane<TApart, T>
    where TPart : struct, IFieldPart
{
    private const int Pieces = 128;

    // So many times all is done again; then a unit is one of coincident points, and looks for them.
    private const int Patience = 4;
    private PieceList _pieces;
    private NearRun _run;
    private Position _centre;
    private T _far;
    private int _level = -1;
    private int _count, _pieceCount, _coincidences;
    private bool _same;

    /// <summary>Pairs evaluated.</summary>
    public long Pairs { get; private set; }

    /// <summary>Numbers of memory.</summary>
    public static int Length => MutualColumns<T>.Length(Stride, TKernel.SourceComponents, Components) + (Components * RowStride);

    private static bool HasApart => TKernel.ShowsCoincidence && typeof(TApart) != typeof(TLane);

    private static int Components => MutualSum<TKernel, T, TLane, TPart>.Components;

    // As many columns as fit the first-level cache, and room for a run at least.
    private static int Capacity => Math.Max(WorkPlan.RowsARun, 40960 / sizeof(T) / (3 + TKernel.SourceComponents + Components) / 64 * 64);

    private static int Stride => Capacity + 64;

    private static int RowStride => WorkPlan.RowsARun + 64;

    /// <summary>Adds all pairs of a run's points with those behind them.</summary>
    public void Add(NearRun run)
    {
        _run = run;
        _centre = input.Centre(run.Level, run.Row);
        if (run.Level != _level)
        {
            _level = run.Level;
            _far = T.CreateTruncating(4 * input.HalfWidth(run.Level));
            MutualSum<TKernel, T, TLane, TPart>.Prepare(held, _far);
        }
        _same = true;
        SourceRange leaf = input.Lists.Sources[run.Level][run.Row];
        int node = input.Numbers[run.Level] + run.Row;
        Append(leaf.Start, run.Start, run.Count, node, default);
        Append(leaf.Start, run.Start + run.Count, leaf.End - run.Start - run.Count, node, default);
        for (NearLists.Members member = input.Lists.Of(run.Level, run.Row); member.Next();)
        {
            SourceRange range = member.Sources;
            if (range.Start <= leaf.Start) continue;
            Position centre = input.Centre(member.Level, member.Row);
            Position shift = new(centre.X - _centre.X, centre.Y - _centre.Y, centre.Z - _centre.Z);
            Append(range.Start, range.Start, range.Count, input.Numbers[member.Level] + member.Row, shift);
        }
        Flush();
    }

    private void Append(int leafStart, int start, int count, int node, in Position shift)
    {
        int ownEnd = ownStart + ownCount;
        while (count > 0)
        {
            bool mine = start < ownEnd;
            int piece = Math.Min(Math.Min(count, Capacity - _count), mine ? ownEnd - start : int.MaxValue);
            T* sums = mine ? own + (start - ownStart) : halo + offsets[node] + (start - Math.Max(ownEnd, leafStart));
            Gather(start, piece, shift);
            // Siblings' points follow each other, and so do their sums: longer pieces have fewer ends.
            if (_pieceCount > 0 && _pieces[_pieceCount - 1].End == (nint)sums) _pieces[_pieceCount - 1].Count += piece;
            else _pieces[_pieceCount++] = new Piece { Sums = sums, Stride = mine ? ownStride : haloStride, Count = piece };
            _count += piece;
            start += piece;
            count -= piece;
            if (_count == Capacity || _pieceCount == Pieces) Flush();
        }
    }

    // Whole registers: what stands behind the last point is the next piece's place.
    private readonly void Gather(int start, int count, in Position shift)
    {
        PointList<T> points = input.Points.Sources(start, count);
        MutualColumns<T> columns = Columns;
        T* x = columns.X + _count, y = columns.Y + _count, z = columns.Z + _count, q = columns.Charges + _count;
        T* charges = input.Points.Charges(start, TKernel.SourceComponents);
        TLane dx = TLane.Broadcast(T.CreateTruncating(shift.X)), dy = TLane.Broadcast(T.CreateTruncating(shift.Y)), dz = TLane.Broadcast(T.CreateTruncating(shift.Z));
        for (nint i = 0; i < count; i += TLane.Count)
        {
            TLane.Store(TLane.Load(points.X + i) + dx, x + i);
            TLane.Store(TLane.Load(points.Y + i) + dy, y + i);
            TLane.Store(TLane.Load(points.Z + i) + dz, z + i);
            if (TKernel.SourceComponents == 1) TLane.Store(TLane.Load(charges + i), q + i);
        }
        if (TKernel.SourceComponents == 1) return;
        for (int c = 0; c < TKernel.SourceComponents; c++)
        {
            for (int i = 0; i < count; i++) q[(c * Stride) + i] = charges[(i * TKernel.SourceComponents) + c];
        }
    }

    private void Flush()
    {
        if (_count == 0) return;
        MutualColumns<T> columns = Columns;
        TLane.Store(TLane.Broadcast(_far), columns.X + _count);
        for (int c = 1; c < 3 + TKernel.SourceComponents; c++) TLane.Store(TLane.Zero, columns.X + (c * Stride) + _count);
        if (!Evaluate(columns, HasApart && _coincidences < Patience))
        {
            _coincidences++;
            Evaluate(columns, apart: false);
        }
        Pairs += _same ? ((long)_run.Count * (_count - _run.Count)) + ((long)_run.Count * (_run.Count - 1) / 2) : (long)_run.Count * _count;
        _same = false;
        for (int i = 0, at = 0; i < _pieceCount; at += _pieces[i++].Count)
        {
            Add(columns.Sums + at, Stride, _pieces[i].Sums, _pieces[i].Stride, _pieces[i].Count);
        }
        Add(RowSums, RowStride, own + (_run.Start - ownStart), ownStride, _run.Count);
        _count = _pieceCount = 0;
    }

    // True unless points coincide that were not looked for.
    private readonly bool Evaluate(MutualColumns<T> columns, bool apart)
    {
        for (int c = 0; c < Components; c++) new Span<T>(columns.Sums + (c * Stride), _count + (2 * TLane.Count)).Clear();
        PointList<T> rows = input.Points.Sources(_run.Start, _run.Count);
        T* charges = input.Points.Charges(_run.Start, TKernel.SourceComponents);
        if (apart) return MutualSum<TKernel, T, TApart, TPart>.Add(kernel, rows, charges, RowSums, RowStride, columns, _same, held);
        MutualSum<TKernel, T, TLane, TPart>.Add(kernel, rows, charges, RowSums, RowStride, columns, _same, held);
        return true;
    }

    // target += source; the last register's lanes behind the points get zeros.
    private readonly void Add(T* source, int sourceStride, T* target, int targetStride, int count)
    {
        int whole = count / TLane.Count * TLane.Count;
        TLane rest = TLane.Load(MutualSum<TKernel, T, TLane, TPart>.FirstLanes(held, count - whole));
        for (int c = 0; c < Components; c++, source += sourceStride, target += targetStride)
        {
            for (nint i = 0; i < whole; i += TLane.Count) TLane.Store(TLane.Load(target + i) + TLane.Load(source + i), target + i);
            if (whole < count) TLane.Store(TLane.MultiplyAdd(TLane.Load(source + whole), rest, TLane.Load(target + whole)), target + whole);
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

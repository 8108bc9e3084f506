using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Gathers the columns of one run after another, lets them and the run's rows act on each other, and brings the columns' sums to where
/// they belong: the unit's own, or its halo.
/// </summary>
internal unsafe ref struct MutualStream<TKernel, T, TLane, TPart>(
    NearInput<T> input, TKernel kernel, T* held, T* memory, T* own, int ownStart, int ownCount, T* halo, int haloStride, int* offsets)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TPart : struct, IFieldPart
{
    private const int Pieces = 128;
    private PieceList _pieces;
    private NearRun _run;
    private Position _centre;
    private int _count, _pieceCount;
    private bool _same;

    /// <summary>Pairs evaluated.</summary>
    public long Pairs { get; private set; }

    /// <summary>Numbers of memory.</summary>
    public static int Length => MutualColumns<T>.Length(Stride, TKernel.SourceComponents, Components);

    private static int Components => MutualSum<TKernel, T, TLane, TPart>.Components;

    // As many columns as fit the first-level cache, and room for a run at least.
    private static int Capacity => Math.Max(WorkPlan.RowsARun, 40960 / sizeof(T) / (3 + TKernel.SourceComponents + Components) / 64 * 64);

    private static int Stride => Capacity + 64;

    /// <summary>Adds all pairs of a run's points with those behind them.</summary>
    public void Add(NearRun run)
    {
        _run = run;
        _centre = input.Centre(run.Level, run.Row);
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
            else _pieces[_pieceCount++] = new Piece { Sums = sums, Stride = mine ? ownCount : haloStride, Count = piece };
            _count += piece;
            start += piece;
            count -= piece;
            if (_count == Capacity || _pieceCount == Pieces) Flush();
        }
    }

    private readonly void Gather(int start, int count, in Position shift)
    {
        PointList<T> points = input.Points.Sources(start, count);
        MutualColumns<T> columns = Columns;
        ColumnLoops.Shift(points.X, columns.X + _count, count, T.CreateTruncating(shift.X));
        ColumnLoops.Shift(points.Y, columns.Y + _count, count, T.CreateTruncating(shift.Y));
        ColumnLoops.Shift(points.Z, columns.Z + _count, count, T.CreateTruncating(shift.Z));
        T* charges = input.Points.Charges(start, TKernel.SourceComponents);
        if (TKernel.SourceComponents == 1)
        {
            new Span<T>(charges, count).CopyTo(new Span<T>(columns.Charges + _count, count));
            return;
        }
        for (int c = 0; c < TKernel.SourceComponents; c++)
        {
            T* column = columns.Charges + (c * Stride) + _count;
            for (int i = 0; i < count; i++) column[i] = charges[(i * TKernel.SourceComponents) + c];
        }
    }

    private void Flush()
    {
        if (_count == 0) return;
        MutualColumns<T> columns = Columns;
        int padded = (_count + TLane.Count - 1) / TLane.Count * TLane.Count;
        for (int c = 0; c < 3 + TKernel.SourceComponents; c++) new Span<T>(columns.X + (c * Stride) + _count, padded - _count).Clear();
        for (int c = 0; c < Components; c++) new Span<T>(columns.Sums + (c * Stride), padded).Clear();
        MutualSum<TKernel, T, TLane, TPart>.Add(
            kernel, input.Points.Sources(_run.Start, _run.Count), input.Points.Charges(_run.Start, TKernel.SourceComponents),
            own + (_run.Start - ownStart), ownCount, columns, _same, held);
        Pairs += _same ? ((long)_run.Count * (_count - _run.Count)) + ((long)_run.Count * (_run.Count - 1) / 2) : (long)_run.Count * _count;
        _same = false;
        for (int i = 0, at = 0; i < _pieceCount; at += _pieces[i++].Count)
        {
            Piece piece = _pieces[i];
            for (int c = 0; c < Components; c++)
            {
                ColumnLoops.Add(columns.Sums + (c * Stride) + at, piece.Sums + (c * piece.Stride), piece.Count);
            }
        }
        _count = _pieceCount = 0;
    }

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

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The sorted sources, or targets, where they lie now: their positions in the order of the update before, those that left their leaf, and, once
/// leaves have handed them over, where each row's point stood.
/// </summary>
internal sealed unsafe class FollowedSet : IJob, IDisposable
{
    private const int CellsAUnit = 64;

    // Points are read in the order of the tree, all over memory: asked for so many ahead. Columns end in 64 zero bytes.
    private const int Ahead = 16;

    // One in so many may leave; more are sorted anew sooner.
    private const int PointsAMover = 4;
    private readonly NativeBuffer<Position> _positions;
    private readonly NativeBuffer<Mover> _movers;
    private readonly NativeBuffer<int> _moverCounts;
    private readonly NativeBuffer<int> _counts;
    private readonly NativeBuffer<int> _starts;
    private readonly NativeBuffer<int> _newStarts;
    private readonly NativeBuffer<int> _arrivalStarts;
    private readonly NativeBuffer<int> _arrivals;
    private readonly NativeBuffer<int> _from;
    private readonly NativeBuffer<int> _order;
    private readonly NativeBuffer<int> _next;
    private readonly HandOverJob _handOver;
    private readonly CopyJob _copy;
    private LeafCells _cells = null!;
    private TreeShape _shape = null!;
    private Position* _input;
    private InputIndex* _index;
    private double _tolerance;
    private int _units, _lost, _far;

    public FollowedSet(Ledger ledger)
    {
        _positions = new(ledger, "follow: positions");
        _movers = new(ledger, "follow: movers");
        _moverCounts = new(ledger, "follow: movers of units");
        _counts = new(ledger, "follow: points of cells");
        _starts = new(ledger, "follow: starts of cells");
        _newStarts = new(ledger, "follow: new starts of cells");
        _arrivalStarts = new(ledger, "follow: starts of arrivals");
        _arrivals = new(ledger, "follow: arrivals");
        _from = new(ledger, "follow: where points stood");
        _order = new(ledger, "follow: order");
        _next = new(ledger, "follow: next arrivals");
        _handOver = new HandOverJob(this);
        _copy = new CopyJob(this);
    }

    /// <summary>Points that are in another cell than the leaf which holds them.</summary>
    public int MoverCount { get; private set; }

    /// <summary>Whether some lie nowhere in the root's cube, or more than can be handed over have left.</summary>
    public bool IsLost => _lost != 0;

    /// <summary>Whether some left the root's cube.</summary>
    public bool HasEscaped => (_lost & 2) != 0;

    /// <summary>Whether one lies farther outside of its leaf than the tolerance.</summary>
    public bool HasLeft => _far != 0;

    /// <summary>Points that a cell's leaf has.</summary>
    public int Before(int cell) => _starts.Pointer[cell + 1] - _starts.Pointer[cell];

    /// <summary>Points of each cell, as they are handed over; rows of the cells' first ones.</summary>
    public int* Counts => _counts.Pointer;

    /// <summary>Row of each cell's first point, once the movers are handed over.</summary>
    public int* Starts => _newStarts.Pointer;

    /// <summary>The positions by the rows of the update before.</summary>
    public Position* Positions => _positions.Pointer;

    /// <summary>For each row the row that its point had; null where none changed.</summary>
    public int* From { get; private set; }

    /// <summary>Reads where the points are, and finds those that left their leaves.</summary>
    /// <param name="input">The points in input order.</param>
    /// <param name="points">The sorted points.</param>
    /// <param name="count">Those that belong to nodes.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="sources">The sources of each node, as the tree has them.</param>
    /// <param name="targets">The targets likewise, where the points are those.</param>
    /// <param name="shape">The tree.</param>
    /// <param name="tolerance">How far outside of its leaf a point may lie, in half widths.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Read(
        NativeBuffer<Position> input, InputIndex* points, int count, LeafCells cells, LevelColumn<SourceRange> sources, LevelColumn<TargetRange>? targets,
        TreeShape shape, double tolerance, Jobs jobs)
    {
        _cells = cells;
        _shape = shape;
        _input = input.Pointer;
        _index = points;
        _tolerance = tolerance;
        _lost = _far = 0;
        From = null;
        _positions.Resize(count);
        _starts.Resize(cells.Count + 1);
        int next = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            LeafCell at = cells.Pointer[cell];
            _starts.Pointer[cell] = next;
            next += targets is null ? sources[at.Level][at.Row].Count : targets[at.Level][at.Row].Count;
        }
        _starts.Pointer[cells.Count] = next;
        _units = (cells.Count + CellsAUnit - 1) / CellsAUnit;
        _movers.Resize((count / PointsAMover) + (4 * _units));
        _moverCounts.Resize(_units);
        jobs.For(_units, this);
        MoverCount = 0;
        for (int unit = 0; unit < _units; unit++) MoverCount += _moverCounts.Pointer[unit];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        int first = unit * CellsAUnit, last = Math.Min(_cells.Count, first + CellsAUnit), found = 0, room = Room(unit, out Mover* movers);
        bool isLost = false, isFar = false;
        Position* positions = _positions.Pointer;
        for (int cell = first; cell < last; cell++)
        {
            int start = _starts.Pointer[cell], end = _starts.Pointer[cell + 1];
            if (start == end) continue;
            int level = _cells.Pointer[cell].Level;
            Position centre = NodeGeometry.Centre(_shape.RootCube, level, _cells.Key(cell));
            double half = NodeGeometry.HalfWidth(_shape.RootCube, level), most = half * (1 + _tolerance);
            for (int i = start; i < end; i++)
            {
                if (Sse.IsSupported) Sse.Prefetch0(_input + _index[i + Ahead].Value);
                Position point = positions[i] = _input[_index[i].Value];
                double x = Math.Abs(point.X - centre.X), y = Math.Abs(point.Y - centre.Y), z = Math.Abs(point.Z - centre.Z);
                if (x <= half & y <= half & z <= half) continue;
                isFar |= !(x <= most & y <= most & z <= most);
                int to = Find(point);
                isLost |= to < 0;
                if (to == cell || to < 0) continue;
                if (found == room)
                {
                    _moverCounts.Pointer[unit] = found;
                    Interlocked.Or(ref _lost, 1);
                    return;
                }
                movers[found++] = new Mover { Row = i, Cell = to };
            }
        }
        _moverCounts.Pointer[unit] = found;
        if (isLost) Interlocked.Or(ref _lost, 2);
        if (isFar) Interlocked.Or(ref _far, 1);
    }

    /// <summary>Counts what each cell would hold, once the movers are handed over.</summary>
    public void Count()
    {
        int cells = _cells.Count;
        _counts.Resize(cells);
        _arrivalStarts.Resize(cells + 1);
        for (int cell = 0; cell < cells; cell++) _counts.Pointer[cell] = Before(cell);
        _arrivalStarts.Clear();
        for (int unit = 0; unit < _units; unit++)
        {
            Room(unit, out Mover* movers);
            int cell = unit * CellsAUnit;
            for (int i = 0; i < _moverCounts.Pointer[unit]; i++)
            {
                while (_starts.Pointer[cell + 1] <= movers[i].Row) cell++;
                _counts.Pointer[cell]--;
                _counts.Pointer[movers[i].Cell]++;
                _arrivalStarts.Pointer[movers[i].Cell + 1]++;
            }
        }
    }

    /// <summary>Hands the movers over: each cell's points are those that stayed, in their order, and those that came, in theirs.</summary>
    /// <param name="index">The column of the way back to input order, which is written.</param>
    /// <param name="jobs">Where it runs.</param>
    public void HandOver(InputIndex* index, Jobs jobs)
    {
        int cells = _cells.Count;
        _newStarts.Resize(cells);
        for (int cell = 0, row = 0; cell < cells; row += _counts.Pointer[cell++]) _newStarts.Pointer[cell] = row;
        for (int cell = 0; cell < cells; cell++) _arrivalStarts.Pointer[cell + 1] += _arrivalStarts.Pointer[cell];
        _next.Resize(cells);
        new Span<int>(_arrivalStarts.Pointer, cells).CopyTo(_next.Span);
        _arrivals.Resize(MoverCount);
        for (int unit = 0; unit < _units; unit++)
        {
            Room(unit, out Mover* movers);
            for (int i = 0; i < _moverCounts.Pointer[unit]; i++) _arrivals.Pointer[_next.Pointer[movers[i].Cell]++] = movers[i].Row;
        }
        _from.Resize(_positions.Length);
        _order.Resize(_positions.Length);
        jobs.For(_units, _handOver);
        From = _from.Pointer;
        _copy.Index = index;
        jobs.For(_units, _copy);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _positions.Dispose();
        _movers.Dispose();
        _moverCounts.Dispose();
        _counts.Dispose();
        _starts.Dispose();
        _newStarts.Dispose();
        _arrivalStarts.Dispose();
        _arrivals.Dispose();
        _from.Dispose();
        _order.Dispose();
        _next.Dispose();
    }

    // A unit's movers stand where its points do, a quarter as many.
    private int Room(int unit, out Mover* movers)
    {
        int start = _starts.Pointer[unit * CellsAUnit], end = _starts.Pointer[Math.Min(_cells.Count, (unit + 1) * CellsAUnit)];
        movers = _movers.Pointer + (start / PointsAMover) + (4 * unit);
        return ((end - start) / PointsAMover) + 3;
    }

    private int Find(in Position point)
    {
        RootCube root = _shape.RootCube;
        double away = Math.Max(Math.Abs(point.X - root.Centre.X), Math.Max(Math.Abs(point.Y - root.Centre.Y), Math.Abs(point.Z - root.Centre.Z)));
        return away <= root.HalfWidth ? _cells.Find(EncodeKeys.Key(_shape, point)) : -1;
    }

    private void Order(int unit)
    {
        int first = unit * CellsAUnit, last = Math.Min(_cells.Count, first + CellsAUnit), mover = 0, movers = _moverCounts.Pointer[unit];
        Room(unit, out Mover* leaving);
        int* from = _from.Pointer;
        for (int cell = first; cell < last; cell++)
        {
            int to = _newStarts.Pointer[cell];
            for (int row = _starts.Pointer[cell], end = _starts.Pointer[cell + 1]; row < end; row++)
            {
                if (mover < movers && leaving[mover].Row == row) mover++;
                else from[to++] = row;
            }
            for (int i = _arrivalStarts.Pointer[cell]; i < _arrivalStarts.Pointer[cell + 1]; i++) from[to++] = _arrivals.Pointer[i];
            for (int i = _newStarts.Pointer[cell]; i < to; i++) _order.Pointer[i] = _index[from[i]].Value;
        }
    }

    private sealed class HandOverJob(FollowedSet set) : IJob
    {
        public void Execute(int unit, int worker) => set.Order(unit);
    }

    // Behind all that read the old order.
    private sealed class CopyJob(FollowedSet set) : IJob
    {
        public InputIndex* Index;

        public void Execute(int unit, int worker)
        {
            int first = (int)((long)set._from.Length * unit / set._units), last = (int)((long)set._from.Length * (unit + 1) / set._units);
            new ReadOnlySpan<int>(set._order.Pointer + first, last - first).CopyTo(new Span<int>(Index + first, last - first));
        }
    }
}

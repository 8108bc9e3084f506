using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to multipole: for each leaf, the moments of its sources over products of Chebyshev polynomials, then the equivalent density
/// whose potential on the upward check surface is theirs (Ying, Biros and Zorin 2004, equations 3.1 and 3.2, with the kernel as a
/// series in the source's place; <see cref="SeriesFit{TKernel}"/>). Leaves go by batches, so that the second step is a matrix product for
/// each parity. Leaves without sources get a zero density.
/// </summary>
/// <remarks>
/// The kernel between a source and a point of the surface is a distance, a root and a product; a moment is one multiply-add. At order 8
/// in double precision 296 points of the surface stand against about 900 moments: a quarter of the time.
/// </remarks>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class SeriesP2M<T, TRegister>(World world, ExpansionSizes expansion) : P2M(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, SourceRange>().WithBlock<Multipole, T>();
    private static readonly QueryDescription _sources = PointColumns<T>.Sources;
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<SourceRange> _ranges = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly SortedRows<T, TRegister> _sorted = new(expansion.Densities);
    private readonly SeriesScratch<T, TRegister> _columns = new(world.Ledger, "P2M: polynomials", expansion.SourceComponents, derivatives: 0);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "P2M: moments");
    private readonly WorkerScratch<nint> _places = new(world.Ledger, "P2M: rows");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private readonly LevelColumn<NodeKey> _keys = new();
    private TreeShape? _shape;
    private T* _x, _y, _z, _charges;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _sources).WriteBlock<Multipole, T>()
        .ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>();

    private static int Rows => OperatorProduct<TRegister, T>.Padded(WorkPlan.Batch);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        Chunk sources = SortedPoints.Of(World.Query(in _sources));
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _shape = shape;
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _ranges.Read(_rows);
        _multipoles.Write(_rows);
        _x = (T*)sources.ReadPointer<RelativeX<T>>();
        _y = (T*)sources.ReadPointer<RelativeY<T>>();
        _z = (T*)sources.ReadPointer<RelativeZ<T>>();
        _charges = sources.ReadBlock<SourceCharge, T>().Pointer;
        _columns.Prepare(Jobs.WorkerCount, _operators, shape);
        long moments = (long)_columns.Longest * expansion.SourceComponents;
        _scratch.Prepare(Jobs.WorkerCount, (moments * (TRegister.Count + Rows)) + _columns.Longest + ((long)Rows * _sorted.Start[8]));
        _places.Prepare(Jobs.WorkerCount, 2 * Rows);
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        int* rows = _plan.Leaves.Pointer + run.Start;
        int components = expansion.SourceComponents, count = 0;
        T* moments = _scratch.Of(worker) + (_columns.Longest * (((nint)components * TRegister.Count) + 1));
        nint stride = (nint)_columns.Longest * components;
        long points = 0;
        for (int i = 0; i < run.Count; i++)
        {
            SourceRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0 || run.Level < _shape!.FirstFarLevel)
            {
                new Span<T>(_multipoles.Row(run.Level, rows[i]), expansion.DensityCount).Clear();
                continue;
            }
            Take(range, _operators![run.Level].Series, run.Level, rows[i], moments + (count++ * stride), worker);
            points += range.Count;
        }
        if (count == 0) return;
        LevelOperators<T> operators = _operators![run.Level];
        T* densities = moments + (Rows * stride);
        Multiply(operators, moments, stride, count, densities, _places.Of(worker));
        T scale = T.CreateTruncating(expansion.DensityScale(_shape!.ScaledHalfWidth(run.Level)));
        for (int i = 0, at = 0; i < run.Count; i++)
        {
            if (_ranges[run.Level][rows[i]].Count == 0) continue;
            _sorted.Store(densities + (at++ * (nint)_sorted.Start[8]), rows[i] & 7, scale, _multipoles.Row(run.Level, rows[i]));
        }
        Counters.Add(0, (2 * points * components * operators.SeriesLength) + (count * operators.P2M.Flops), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _columns.Dispose();
        _scratch.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(SourceRange range, SeriesLayout layout, int level, int row, T* moments, int worker)
    {
        Position centre = LevelUnit.Centre<T>(_shape!, level, _keys[level][row].Value);
        int components = expansion.SourceComponents, longest = _columns.Longest;
        T* points = _columns.Points(worker), sums = _scratch.Of(worker), x = _columns.Columns(worker);
        T* y = x + (components * _columns.Room), z = y + _columns.Room;
        nint piece = SeriesScratch<T, TRegister>.Piece;
        T* charges = points + (3 * piece);
        T inverse = T.CreateTruncating(LevelUnit.Of<T>(_shape!, level) / NodeGeometry.HalfWidth(_shape!.RootCube, level));
        for (int start = 0; start < range.Count; start += (int)piece)
        {
            int count = (int)Math.Min(piece, range.Count - start), length = PackedMatrix.Columns(count, TRegister.Count);
            nint first = range.Start + start;
            SeriesScratch<T, TRegister>.Copy(_x + first, points, count, length, centre.X);
            SeriesScratch<T, TRegister>.Copy(_y + first, points + piece, count, length, centre.Y);
            SeriesScratch<T, TRegister>.Copy(_z + first, points + (2 * piece), count, length, centre.Z);
            ChebyshevColumns<T, TRegister>.Fill(points + piece, null, length, inverse, layout.Extent[1], y);
            ChebyshevColumns<T, TRegister>.Fill(points + (2 * piece), null, length, inverse, layout.Extent[2], z);
            for (int c = 0; c < components; c++)
            {
                for (int i = 0; i < count; i++) charges[i] = _charges[((first + i) * components) + c];
                new Span<T>(charges + count, length - count).Clear();
                ChebyshevColumns<T, TRegister>.Fill(points, charges, length, inverse, layout.Extent[0], x);
                Moments<T, TRegister>.Add(layout.Blocks, x, y, z, length, start == 0, sums + (c * (nint)longest * TRegister.Count));
            }
        }
        T* unsorted = sums + (longest * (nint)components * TRegister.Count);
        for (int c = 0; c < components; c++)
        {
            RegisterSums<T, TRegister>.Run(sums + (c * (nint)longest * TRegister.Count), layout.Room, unsorted);
            layout.Sort(unsorted, moments + (c * (nint)longest));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(LevelOperators<T> operators, T* moments, nint stride, int count, T* densities, nint* places)
    {
        int components = expansion.SourceComponents, longest = _columns.Longest, filled = 0;
        for (int parity = 0; parity < 8; parity++)
        {
            for (int d = 0; d < components; d++)
            {
                int segment = expansion.Densities.SegmentOf(parity, d);
                OperatorProduct<TRegister, T>.Run(
                    count, moments + (d * (nint)longest) + operators.Series.Start[parity], stride, operators.P2M, (parity * components) + d,
                    densities + _sorted.Start[segment], _sorted.Start[8], places, add: ((filled >> segment) & 1) != 0);
                filled |= 1 << segment;
            }
        }
    }
}

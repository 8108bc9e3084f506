using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to particles: for each leaf, its check potential becomes a density on the downward equivalent surface, whose potential in the
/// box (Ying, Biros and Zorin 2004, equation 3.6) is a Chebyshev series: one matrix product for each parity of a batch of leaves. The
/// series, and its derivatives, are summed at the targets. Writes the far field of every target, 0 in trees too shallow to have one.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class SeriesL2P<T, TRegister>(World world, ExpansionSizes expansion, bool gradient) : L2P(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, TargetRange>().WithBlock<Local, T>();
    private static readonly QueryDescription _targets = PointColumns<T>.Targets.WithBlock<FarField, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<TargetRange> _ranges = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly PointColumns<T> _points = new();
    private readonly SortedRows<T, TRegister> _sorted = new(expansion.Checks);
    private readonly SeriesScratch<T, TRegister> _columns = new(world.Ledger, "L2P: polynomials", 1, derivatives: gradient ? 1 : 0);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "L2P: series");
    private readonly WorkerScratch<nint> _places = new(world.Ledger, "L2P: rows");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private readonly LevelColumn<NodeKey> _keys = new();
    private TreeShape? _shape;
    private T* _field;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Gather(in _targets).WriteBlock<FarField, T>()
        .ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>();

    private static int Rows => OperatorProduct<TRegister, T>.Padded(WorkPlan.Batch);

    private int Components => expansion.PotentialComponents * (gradient ? 4 : 1);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _shape = shape;
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _ranges.Read(_rows);
        _locals.Read(_rows);
        Chunk targets = SortedPoints.Of(World.Query(in _targets));
        _points.ReadTargets(targets);
        _field = targets.WriteBlock<FarField, T>().Pointer;
        _columns.Prepare(Jobs.WorkerCount, _operators, shape);
        long series = (long)_columns.Longest * expansion.PotentialComponents;
        _scratch.Prepare(
            Jobs.WorkerCount, (Components * (long)SeriesScratch<T, TRegister>.Piece) + (WorkPlan.Batch * (long)expansion.CheckCount) + ((Rows + 1) * series));
        _places.Prepare(Jobs.WorkerCount, 2 * Rows);
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        int* rows = _plan.Leaves.Pointer + run.Start;
        int check = expansion.CheckCount, potentials = expansion.PotentialComponents, count = 0;
        T* sums = _scratch.Of(worker), checks = sums + (Components * (nint)SeriesScratch<T, TRegister>.Piece), series = checks + (WorkPlan.Batch * (nint)check);
        for (int i = 0; i < run.Count; i++)
        {
            TargetRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0) continue;
            if (run.Level < _shape!.FirstFarLevel) new Span<T>(_field + ((nint)range.Start * Components), range.Count * Components).Clear();
            else _sorted.Load(_locals.Row(run.Level, rows[i]), rows[i] & 7, checks + (count++ * (nint)check));
        }
        if (count == 0) return;
        LevelOperators<T> operators = _operators![run.Level];
        nint stride = (nint)_columns.Longest * potentials;
        for (int parity = 0; parity < 8; parity++)
        {
            for (int c = 0; c < potentials; c++)
            {
                OperatorProduct<TRegister, T>.Run(
                    count, checks + expansion.Checks.Start[expansion.Checks.SegmentOf(parity, c)], check, operators.L2P, (parity * potentials) + c,
                    series + (c * (nint)_columns.Longest) + operators.Series.Start[parity], stride, _places.Of(worker));
            }
        }
        long points = 0;
        for (int i = 0, at = 0; i < run.Count; i++)
        {
            TargetRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0) continue;
            for (int c = 0; c < potentials; c++)
                operators.Series.Unsort(series + (at * stride) + (c * (nint)_columns.Longest), series + (Rows * stride) + (c * (nint)_columns.Longest));
            at++;
            Evaluate(range, operators.Series, run.Level, rows[i], series + (Rows * stride), sums, worker);
            points += range.Count;
        }
        Counters.Add(0, ((gradient ? 4 : 2) * points * potentials * operators.SeriesLength) + (count * operators.L2P.Flops), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _columns.Dispose();
        _scratch.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    private void Evaluate(TargetRange range, SeriesLayout layout, int level, int row, T* series, T* sums, int worker)
    {
        Position centre = LevelUnit.Centre<T>(_shape!, level, _keys[level][row].Value);
        int piece = SeriesScratch<T, TRegister>.Piece, potentials = expansion.PotentialComponents;
        nint room = _columns.Room;
        T* points = _columns.Points(worker), x = _columns.Columns(worker), y = x + room, z = y + room, slopes = z + room;
        T inverse = T.CreateTruncating(LevelUnit.Of<T>(_shape!, level) / NodeGeometry.HalfWidth(_shape!.RootCube, level));
        T slope = T.CreateTruncating(1 / _shape.ScaledHalfWidth(level));
        for (int start = 0; start < range.Count; start += piece)
        {
            int count = Math.Min(piece, range.Count - start), length = PackedMatrix.Columns(count, SeriesSum<T, TRegister>.Group);
            PointList<T> targets = _points.TargetList(range.Start + start, count);
            Axis(targets.X, centre.X, points, count, length, inverse, layout.Extent[0], x, slopes);
            Axis(targets.Y, centre.Y, points, count, length, inverse, layout.Extent[1], y, slopes + room);
            Axis(targets.Z, centre.Z, points, count, length, inverse, layout.Extent[2], z, slopes + (2 * room));
            for (int c = 0; c < potentials; c++)
            {
                T* coefficients = series + (c * (nint)_columns.Longest), values = sums + (c * piece), derivatives = sums + ((potentials + (3 * c)) * piece);
                if (!gradient) SeriesSum<T, TRegister>.Values(layout.Blocks, coefficients, x, y, z, length, values);
                else SeriesSum<T, TRegister>.ValuesAndSlopes(layout.Blocks, coefficients, x, slopes, room, length, slope, values, derivatives, piece);
            }
            FieldRows.Set(sums, piece, Components, count, _field + ((nint)(range.Start + start) * Components));
        }
    }

    private void Axis(T* coordinates, double centre, T* points, int count, int length, T inverse, int extent, T* columns, T* slopes)
    {
        SeriesScratch<T, TRegister>.Copy(coordinates, points, count, length, centre);
        ChebyshevColumns<T, TRegister>.Fill(points, null, length, inverse, Math.Max(2, extent), columns);
        if (gradient) ChebyshevColumns<T, TRegister>.FillSlopes(columns, length, Math.Max(2, extent), slopes);
    }
}

using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Cuts the near field of points that are sources and targets at once into units of about equal numbers of pairs. Each pair of points is
/// evaluated once and added to both: it is the work of the point that comes first in Morton order. A unit is a stretch of points in that
/// order, so that the second point of its pairs lies in the unit itself or behind it, in a later unit.
/// </summary>
/// <remarks>
/// Two units may have pairs with the same later point, and must not write the same sum. So a unit keeps what its pairs add to points behind
/// it in a column of its own, its spill; when all units are done, each point takes what waits for it, unit by unit in their order, whichever
/// threads computed them. Here it is found out, ahead of the sums, which leaves behind it a unit reaches, and where in its spill their points have
/// their place (<see cref="SpillRun"/>).
/// </remarks>
internal sealed unsafe class CutMutual(Ledger ledger, WorkPlan plan, NearLists lists) : IDisposable
{
    // 64 units serve as many threads as there may be. Each has so many pairs at least that starting it costs little, and at most so many
    // that a million points still give 16 threads enough units.
    private const long FewestPairs = 1 << 18;
    private const long MostPairs = 1 << 25;
    private const int Units = 64;
    private const int RunsABatch = 256;
    private readonly NativeBuffer<long> _costs = new(ledger, "plan: mutual costs");
    private readonly WorkerScratch<int> _stamps = new(ledger, "plan: mutual stamps");
    private readonly WorkerScratch<int> _starts = new(ledger, "plan: mutual spill's starts");
    private readonly WorkerScratch<SpillRun> _met = new(ledger, "plan: mutual spill of a unit");
    private readonly NativeBuffer<SpillRun> _pool = new(ledger, "plan: mutual spill as found");
    private readonly NativeBuffer<int> _poolStarts = new(ledger, "plan: mutual spill's places");
    private int _poolUsed;
    private readonly NodeNumbers _numbers = new();
    private readonly CostJob _cost = new();
    private readonly SpillJob _spill = new();
    private TreeShape? _shape;
    private readonly LevelColumn<NodeLinks> _links = new();
    private int _runs, _points;

    /// <summary>Cuts.</summary>
    /// <param name="shape">The tree.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="points">Points that have a field here: the first of all. Ghosts stand behind them, and what pairs add to those is nobody's.</param>
    /// <param name="jobs">Where it runs.</param>
    public void Cut(TreeShape shape, NodeRows nodes, int points, Jobs jobs)
    {
        _shape = shape;
        _points = points;
        _numbers.Read(nodes);
        _links.Read(nodes);
        plan.NearRuns.Resize(shape.LeafCount);
        _runs = 0;
        Visit(0, 0);
        plan.NearRuns.Resize(_runs, keep: true);

        _costs.Resize(_runs);
        _cost.Owner = _spill.Owner = this;
        jobs.For((_runs + RunsABatch - 1) / RunsABatch, _cost);
        long pairs = 0, alone = 0;
        for (int i = 0; i < _runs; i++)
        {
            pairs += _costs.Pointer[i];
            alone += plan.NearRuns.Pointer[i].Count;
        }
        plan.NearPairs = (2 * pairs) + alone;
        plan.NearUnits.Resize(_runs + 1);
        int units = Partition.Cut(_costs.Span, Math.Clamp(pairs / Units, FewestPairs, MostPairs), plan.NearUnits.Span);
        plan.NearUnits.Resize(units + 1, keep: true);

        plan.SpillOfUnit.Resize(units + 1);
        plan.SpillOfUnit.Clear();
        _stamps.Prepare(jobs.WorkerCount, shape.TotalRows);
        for (int worker = 0; worker < jobs.WorkerCount; worker++) new Span<int>(_stamps.Of(worker), shape.TotalRows).Clear();
        _starts.Prepare(jobs.WorkerCount, shape.TotalRows);
        _met.Prepare(jobs.WorkerCount, shape.TotalRows);
        _poolStarts.Resize(units);
        _poolUsed = 0;
        _spill.Fill = false;
        jobs.For(units, _spill);
        int total = 0;
        for (int unit = 0; unit < units; unit++)
        {
            int count = plan.SpillOfUnit.Pointer[unit];
            plan.SpillOfUnit.Pointer[unit] = total;
            total += count;
        }
        plan.SpillOfUnit.Pointer[units] = total;
        plan.Spill.Resize(total);
        _spill.Fill = true;
        jobs.For(units, _spill);
        if (_pool.Length < total) _pool.Resize(total + (total / 4));
        plan.SpillPoints.Resize(units + 1);
        long spill = 0;
        plan.WidestUnit = 0;
        for (int unit = 0; unit < units; unit++)
        {
            plan.SpillPoints.Pointer[unit] = spill;
            spill += plan.SpillStride(unit);
            plan.WidestUnit = Math.Max(plan.WidestUnit, plan.UnitEnd(unit) - plan.UnitStart(unit));
        }
        plan.SpillPoints.Pointer[units] = spill;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _costs.Dispose();
        _stamps.Dispose();
        _starts.Dispose();
        _met.Dispose();
        _pool.Dispose();
        _poolStarts.Dispose();
    }

    // Cuts the leaves into runs, in the order of their points: depth first, octants ascending.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit(int level, int row)
    {
        SourceRange range = lists.Sources[level][row];
        if (range.Count == 0 || range.Start >= _points) return;
        int first = _links[level][row].FirstChild;
        if (first >= 0)
        {
            for (int octant = 0; octant < 8; octant++) Visit(level + 1, first + octant);
            return;
        }
        for (int start = range.Start; start < range.End; start += WorkPlan.RowsARun)
        {
            if (_runs == plan.NearRuns.Length) plan.NearRuns.Resize(_runs + (_runs / 2) + 16, keep: true);
            plan.NearRuns.Pointer[_runs++] = new NearRun(level, row, start, Math.Min(WorkPlan.RowsARun, range.End - start));
        }
    }

    private sealed class CostJob : IJob
    {
        public CutMutual? Owner;

        public void Execute(int unit, int worker)
        {
            CutMutual owner = Owner!;
            int end = Math.Min(owner._runs, (unit + 1) * RunsABatch);
            for (int i = unit * RunsABatch; i < end; i++) owner._costs.Pointer[i] = owner.Pairs(i);
        }
    }

    // Pairs of the run's points among themselves, and with all points behind the run that its leaf's list names.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Pairs(int index)
    {
        NearRun run = plan.NearRuns.Pointer[index];
        SourceRange own = lists.Sources[run.Level][run.Row];
        long columns = own.End - run.Start - run.Count;
        for (NearLists.Members member = lists.Of(run.Level, run.Row); member.Next();) columns += member.Behind(run, own).Count;
        return (run.Count * columns) + ((long)run.Count * (run.Count - 1) / 2);
    }

    private sealed class SpillJob : IJob
    {
        public CutMutual? Owner;
        public bool Fill;

        public void Execute(int unit, int worker) => Owner!.Spill(unit, worker, Fill);
    }

    // Lists are walked once: what is found stays in the pool until it is known where it goes. Where the pool was too small it is found again.
    private void Spill(int unit, int worker, bool fill)
    {
        SpillRun* met = _met.Of(worker);
        if (!fill)
        {
            int found = plan.SpillOfUnit.Pointer[unit] = FindSpill(unit, worker, (2 * unit) + 1, met), end = Interlocked.Add(ref _poolUsed, found);
            bool fits = end <= _pool.Length;
            _poolStarts.Pointer[unit] = fits ? end - found : -1;
            if (fits) new ReadOnlySpan<SpillRun>(met, found).CopyTo(new Span<SpillRun>(_pool.Pointer + end - found, found));
            return;
        }
        int first = plan.SpillOfUnit.Pointer[unit], count = plan.SpillOfUnit.Pointer[unit + 1] - first, kept = _poolStarts.Pointer[unit];
        if (kept >= 0) met = _pool.Pointer + kept;
        else FindSpill(unit, worker, (2 * unit) + 2, met);
        SpillRun* runs = plan.Spill.Pointer + first;
        for (int i = 0, offset = 0; i < count; offset += met[i++].Count) runs[i] = met[i] with { Offset = offset };
    }

    // The leaves that a unit reaches behind its last point, by their points. Many runs of a unit meet the same leaf, which counts once: a leaf that
    // was met has the unit's stamp, which no other has.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindSpill(int unit, int worker, int stamp, SpillRun* met)
    {
        int* stamps = _stamps.Of(worker), starts = _starts.Of(worker);
        int end = plan.UnitEnd(unit), count = 0;
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun run = plan.NearRuns.Pointer[i];
            SourceRange own = lists.Sources[run.Level][run.Row];
            if (own.End > end) Meet(_numbers[run.Level] + run.Row, own);
            for (NearLists.Members member = lists.Of(run.Level, run.Row); member.Next();)
            {
                SourceRange range = member.Behind(run, own);
                if (range.Count > 0 && range.End > end) Meet(_numbers[member.Level] + member.Row, range);
            }
        }
        // By numbers, which the runtime sorts thrice as fast as what compares itself.
        new Span<int>(starts, count).Sort(new Span<SpillRun>(met, count));
        return count;

        void Meet(int node, SourceRange range)
        {
            if (stamps[node] == stamp) return;
            stamps[node] = stamp;
            int start = Math.Max(range.Start, end);
            starts[count] = start;
            met[count++] = new SpillRun(start, range.End - start, node, 0);
        }
    }
}

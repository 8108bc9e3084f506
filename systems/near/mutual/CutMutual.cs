using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Cuts the near field of points that are sources and targets at once into units of work. A pair belongs to the unit of its first point in
/// Morton order; units are successive leaves, of about equal numbers of pairs. For each unit it lists the points behind the unit that its pairs
/// reach: their share waits in the unit's spill (<see cref="SpillRun"/>), so that no two units write the same sums, and spills are added in the
/// order of the units whatever thread made them.
/// </summary>
internal sealed unsafe class CutMutual(Ledger ledger, WorkPlan plan, NearLists lists) : IDisposable
{
    // At least so many pairs a unit, that its start costs little; and no more than keep 16 threads busy over a million points.
    private const long FewestPairs = 1 << 18;
    private const long MostPairs = 1 << 25;
    private const int Units = 64;
    private const int RunsABatch = 256;
    private readonly NativeBuffer<long> _costs = new(ledger, "plan: mutual costs");
    private readonly WorkerScratch<int> _stamps = new(ledger, "plan: mutual stamps");
    private readonly NodeNumbers _numbers = new();
    private readonly CostJob _cost = new();
    private readonly SpillJob _spill = new();
    private TreeShape? _shape;
    private NodeLinks*[] _links = new NodeLinks*[Morton.MaxLevel + 1];
    private int _runs;

    /// <summary>Cuts.</summary>
    public void Cut(TreeShape shape, Jobs jobs)
    {
        _shape = shape;
        _numbers.Read(shape);
        for (int level = 0; level <= shape.Depth; level++) _links[level] = shape.Nodes(level).Chunk.ReadPointer<NodeLinks>();
        plan.NearRuns.Resize(shape.LeafCount);
        _runs = 0;
        Visit(0, 0);
        plan.NearRuns.Resize(_runs, keep: true);

        _costs.Resize(_runs);
        _cost.Owner = _spill.Owner = this;
        jobs.For((_runs + RunsABatch - 1) / RunsABatch, _cost);
        long pairs = 0, points = 0;
        for (int i = 0; i < _runs; i++)
        {
            pairs += _costs.Pointer[i];
            points += plan.NearRuns.Pointer[i].Count;
        }
        plan.NearPairs = (2 * pairs) + points;
        plan.NearUnits.Resize(_runs + 1);
        int units = Partition.Cut(_costs.Span, Math.Clamp(pairs / Units, FewestPairs, MostPairs), plan.NearUnits.Span);
        plan.NearUnits.Resize(units + 1, keep: true);

        plan.SpillOfUnit.Resize(units + 1);
        plan.SpillOfUnit.Clear();
        _stamps.Prepare(jobs.WorkerCount, shape.TotalRows);
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
    }

    // Leaves in the order of their points, cut into runs: the rows of one go.
    private void Visit(int level, int row)
    {
        SourceRange range = lists.Sources[level][row];
        if (range.Count == 0) return;
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

    private long Pairs(int index)
    {
        NearRun run = plan.NearRuns.Pointer[index];
        SourceRange own = lists.Sources[run.Level][run.Row];
        long columns = own.End - run.Start - run.Count;
        for (NearLists.Members member = lists.Of(run.Level, run.Row); member.Next();)
        {
            SourceRange range = member.Sources;
            if (range.Start > own.Start) columns += range.Count;
        }
        return (run.Count * columns) + ((long)run.Count * (run.Count - 1) / 2);
    }

    private sealed class SpillJob : IJob
    {
        public CutMutual? Owner;
        public bool Fill;

        public void Execute(int unit, int worker) => Owner!.FindSpill(unit, worker, Fill);
    }

    // Called twice: first to count a unit's leaves, so that all lists find their places, then to fill them in. Stamps tell which were met.
    private void FindSpill(int unit, int worker, bool fill)
    {
        int end = plan.UnitEnd(unit), count = 0;
        SpillRun* runs = plan.Spill.Pointer + (fill ? plan.SpillOfUnit.Pointer[unit] : 0);
        int* stamps = _stamps.Of(worker);
        new Span<int>(stamps, _shape!.TotalRows).Clear();
        for (int i = plan.NearUnits.Pointer[unit]; i < plan.NearUnits.Pointer[unit + 1]; i++)
        {
            NearRun run = plan.NearRuns.Pointer[i];
            SourceRange own = lists.Sources[run.Level][run.Row];
            if (own.End > end) Meet(_numbers[run.Level] + run.Row, own);
            for (NearLists.Members member = lists.Of(run.Level, run.Row); member.Next();)
            {
                SourceRange range = member.Sources;
                if (range.Start > own.Start && range.End > end) Meet(_numbers[member.Level] + member.Row, range);
            }
        }
        if (!fill)
        {
            plan.SpillOfUnit.Pointer[unit] = count;
            return;
        }
        new Span<SpillRun>(runs, count).Sort();
        for (int i = 0, offset = 0; i < count; offset += runs[i++].Count) runs[i] = runs[i] with { Offset = offset };

        void Meet(int node, SourceRange range)
        {
            if (stamps[node] != 0) return;
            stamps[node] = 1;
            int start = Math.Max(range.Start, end);
            if (fill) runs[count] = new SpillRun(start, range.End - start, node, 0);
            count++;
        }
    }
}

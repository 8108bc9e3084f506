using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Estimates the counts of the trees of all capacities from 384 of the sorted points, to a few per cent of what the trees of cubes and
/// surfaces have (<c>perf -- costs counts</c>). 3 milliseconds on two threads at a million points.
/// </summary>
internal sealed unsafe class LeafSampler(Ledger ledger) : IJob, IDisposable
{
    private const int Samples = 384;
    private const int SamplesAUnit = 16;
    private const int Units = Samples / SamplesAUnit;
    private readonly TreeCounts[] _counts = new TreeCounts[Units * LeafLadder.Count];
    private readonly CellStarts _sources = new(ledger, "choice: cells of sources");
    private readonly CellStarts _targets = new(ledger, "choice: cells of targets");
    private bool _shared;
    private int _surface;
    private int _directPoints;
    private int _maxLevel;
    private PeriodicAxes _axes;

    /// <summary>Sources.</summary>
    public int Sources => _sources.Keys.Count;

    /// <summary>Targets.</summary>
    public int Targets => (_shared ? _sources : _targets).Keys.Count;

    /// <summary>Sources and targets, shared ones counted once.</summary>
    public long Points => _shared ? Sources : (long)Sources + Targets;

    /// <summary>Takes the sample.</summary>
    /// <param name="points">The sorted points.</param>
    /// <param name="surfacePoints">Points of a surface.</param>
    /// <param name="settings">How lists are built, and the deepest level of the tree.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <param name="axes">Axes along which the root repeats.</param>
    /// <param name="narrowest">The deepest level that the kernel allows.</param>
    public void Take(in PointKeys points, int surfacePoints, TreeSettings settings, Jobs jobs, PeriodicAxes axes = PeriodicAxes.None, int narrowest = Morton.MaxLevel)
    {
        _axes = axes;
        _shared = points.Shared;
        _sources.Read(points.Sources, jobs);
        if (!_shared) _targets.Read(points.Targets, jobs);
        _surface = surfacePoints;
        _directPoints = settings.DirectPoints;
        _maxLevel = Math.Min(settings.MaxLevel, narrowest);
        if (Points > 0) jobs.For(Units, this);
        else Array.Clear(_counts);
    }

    /// <summary>What the tree of a capacity would have.</summary>
    /// <param name="capacity">Which of <see cref="LeafLadder.Capacities"/>.</param>
    public TreeCounts Counts(int capacity)
    {
        TreeCounts counts = default;
        for (int unit = 0; unit < Units; unit++) counts.Add(_counts[(unit * LeafLadder.Count) + capacity]);
        return counts;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        Span<TreeCounts> counts = _counts.AsSpan(unit * LeafLadder.Count, LeafLadder.Count);
        counts.Clear();
        TreeSample sample = new(_sources, _shared ? _sources : _targets, _shared, _surface, _directPoints, _maxLevel, _axes);
        for (int i = unit * SamplesAUnit; i < (unit + 1) * SamplesAUnit; i++)
        {
            // Evenly strided over the sources and then the targets, each in Morton order.
            long at = ((2 * (long)i) + 1) * Points / (2 * Samples);
            ulong key = at < Sources ? _sources.Keys.Keys[at] : _targets.Keys.Keys[at - Sources];
            sample.Follow(key, Points / (double)Samples, counts);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sources.Dispose();
        _targets.Dispose();
    }
}

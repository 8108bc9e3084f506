using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Chooses the leaf capacity for the points at hand: estimates from a sample of them what the tree of each capacity of a ladder would
/// cost, and takes the cheapest. A choice stands as long as the points are like those that it was made for, by number and density;
/// where all of them fit into one leaf and no tree can be cheaper than direct sums, nothing is sampled. A capacity that was given stays.
/// </summary>
/// <remarks>
/// The choice depends on the points, the options, the machine's calibration, and the points of the updates before that ended: not on
/// threads, nor on when an update was cancelled. <see cref="LeafChoice.Forget"/>, or a new method, chooses by the points alone.
/// </remarks>
public sealed class ChooseLeaf : TreeSystem
{
    private const double Same = 1.003;
    private readonly CostModel _model;
    private readonly Func<(LoopSeconds Plain, double Pair)> _measure;
    private readonly FmmOptions _options;
    private readonly int _surface;
    private readonly LeafSampler _sampler;
    private readonly double[] _near = new double[LeafLadder.Count];
    private readonly double[] _far = new double[LeafLadder.Count];
    private LeafRecord _kept = new();
    private LeafRecord _here = new();
    private long _madeAfter;
    private bool _calibrated;

    private readonly RankLink? _link;

    internal ChooseLeaf(World world, FmmOptions options, ExpansionSizes expansion, CostModel model, Func<(LoopSeconds Plain, double Pair)> measure, RankLink? link = null)
        : base(world)
    {
        _link = link;
        Access access = PointKeys.Access
            .ReadResource<VectorSeries>().ReadResource<FieldOrigin>().ReadResource<TreeShape>().WriteResource<TreeSettings>().WriteResource<LeafChoice>();
        Touched = link is null ? access : access.WriteResource<RankLink>();
        _sampler = new LeafSampler(world.Ledger);
        _options = options;
        _model = model;
        _measure = measure;
        _surface = expansion.Surface.Count;
    }

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched { get; }

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeSettings settings = World.Resource<TreeSettings>();
        if (_options.LeafCapacity is not null || settings.UniformDepth is not null) return;
        Calibrate();
        PointKeys points = PointKeys.Of(World);
        LeafChoice choice = World.Resource<LeafChoice>();
        if (choice.TakeRecalled() is (double near, double pair)) _model.Recall(near, pair);
        Settle(choice, World.Resource<FieldOrigin>().Completed);
        LeafRecord record = _here;
        record.Vectors = Vectors;
        if (_link is not null || !IsOneLeaf(points, record))
        {
            _here.Read(points);
            if (Serves()) record = _kept;
            else Choose(points, settings, choice);
        }
        settings.LeafCapacity = record.Capacity;
        choice.Chosen = true;
        choice.NearSeconds = Vectors * record.NearSeconds;
        choice.FarSeconds = Vectors * record.FarSeconds;
        choice.NearOverFar = _model.NearOverFar;
        choice.PairFactor = _model.PairFactor;
    }

    // Over ranks a choice serves where it serves all of them.
    private bool Serves()
    {
        bool serves = _kept.Serves(_here);
        return _link is null ? serves : ServesAll(_link, serves) && _kept.Capacity <= _link.MostPointsALeaf;
    }

    private bool ServesAll(RankLink link, bool serves)
    {
        bool all = false;
        link.Tell(Name, () => all = link.Ranks.Largest(serves ? 0 : 1) == 0);
        return all;
    }

    private int Vectors => World.Resource<VectorSeries>().Count;

    // A choice of the update before counts if that has ended: what a cancelled one leaves must not depend on when it was cancelled.
    private void Settle(LeafChoice choice, long completed)
    {
        if (choice.TakeForgotten()) _kept.IsMade = _here.IsMade = false;
        if (_here.IsMade && completed != _madeAfter) (_kept, _here) = (_here, _kept);
        _here.IsMade = false;
        _madeAfter = completed;
    }

    // Any tree with a far field has two octets and two leaves at the least.
    private bool IsOneLeaf(in PointKeys points, LeafRecord record)
    {
        int sources = points.Sources.Count, targets = points.Targets.Count, first = LeafLadder.Below(Math.Max(sources, targets));
        if (first == LeafLadder.Count || World.Resource<TreeShape>().Repeats) return false;
        TreeCounts one = new() { NearPairs = (double)sources * targets, NearSources = sources, NearMembers = 1, Leaves = 1 };
        record.NearSeconds = _model.Near(one, points.Shared && _options.MutualPairs, Vectors);
        record.FarSeconds = _model.Far(one, sources, targets);
        double least = _model.Far(new TreeCounts { Octets = 2, Leaves = 2 }, sources, targets);
        bool isBest = record.NearSeconds + record.FarSeconds <= least;
        if (first > 0 && !isBest) return false;
        record.Capacity = LeafLadder.Capacities[(first + LeafLadder.Count - 1) / 2];
        return true;
    }

    private void Choose(in PointKeys points, TreeSettings settings, LeafChoice choice)
    {
        _sampler.Take(points, _surface, settings, Jobs, Axes(), settings.NarrowestLevel(World.Resource<TreeShape>().RootCube));
        for (int i = 0; i < LeafLadder.Count; i++)
        {
            TreeCounts counts = _sampler.Counts(i);
            _near[i] = _model.Near(counts, points.Shared && _options.MutualPairs, Vectors);
            _far[i] = _model.Far(counts, _sampler.Sources, _sampler.Targets);
        }
        int count = LeafLadder.Count;
        if (_link is not null)
        {
            // What each rank's own part would cost, added up; no leaf may be cut by a border between ranks.
            _link.Tell(Name, () => _link.Ranks.Sum<double>(_near));
            _link.Tell(Name, () => _link.Ranks.Sum<double>(_far));
            count = Math.Max(1, LeafLadder.Below(_link.MostPointsALeaf + 1));
        }
        int best = Best(count);
        _here.Capacity = LeafLadder.Capacities[best];
        _here.NearSeconds = _near[best];
        _here.FarSeconds = _far[best];
        _here.IsMade = true;
        choice.Samplings++;
    }

    // A box that is shorter than the root has its images within it, which no key tells: there the walls' part is left out.
    private PeriodicAxes Axes()
    {
        TreeShape shape = World.Resource<TreeShape>();
        if (!shape.Repeats || shape.WholeLevel > 0) return PeriodicAxes.None;
        return (shape.Period.X > 0 ? PeriodicAxes.X : 0) | (shape.Period.Y > 0 ? PeriodicAxes.Y : 0) | (shape.Period.Z > 0 ? PeriodicAxes.Z : 0);
    }

    // Many capacities give evenly spread points the same tree: the middle of those that cost the same holds against the fullest cells.
    private int Best(int count)
    {
        int best = 0;
        for (int i = 1; i < count; i++) if (_near[i] + _far[i] < _near[best] + _far[best]) best = i;
        double most = Same * (_near[best] + _far[best]);
        int first = best, last = best;
        while (first > 0 && _near[first - 1] + _far[first - 1] <= most) first--;
        while (last < count - 1 && _near[last + 1] + _far[last + 1] <= most) last++;
        return (first + last) / 2;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sampler.Dispose();
        base.Dispose();
    }

    private void Calibrate()
    {
        if (_calibrated) return;
        if (_options.Calibration is Calibration given)
        {
            _model.Calibrate(given);
        }
        else
        {
            (LoopSeconds plain, double pair) = _measure();
            Calibration here = new(plain.Pair / _model.Reference.Pair, plain.TransferFlop / _model.Reference.TransferFlop);
            _model.Calibrate(here, pair / plain.Pair);
        }
        _calibrated = true;
    }
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Chooses the leaf capacity for the points at hand: estimates from a sample of them what the tree of each capacity of a ladder would
/// cost, and takes the cheapest. It depends on the points, the options and the machine's calibration alone, so that the same
/// points get the same tree whatever came before and however many threads there are. A capacity that was given stays.
/// </summary>
public sealed class ChooseLeaf : BaseSystem<World, FieldStep>
{
    private const double Same = 1.003;
    private readonly CostModel _model;
    private readonly Func<LoopSeconds> _measure;
    private readonly FmmOptions _options;
    private readonly int _surface;
    private readonly double _roundingLimit;
    private readonly LeafSampler _sampler;
    private readonly double[] _near = new double[LeafLadder.Count];
    private readonly double[] _far = new double[LeafLadder.Count];
    private bool _calibrated;

    internal ChooseLeaf(World world, FmmOptions options, Expansion expansion, CostModel model, Func<LoopSeconds> measure)
        : base(world)
    {
        _sampler = new LeafSampler(world.Ledger);
        _options = options;
        _model = model;
        _measure = measure;
        _surface = expansion.Surface.Count;
        _roundingLimit = options.Precision == Precision.Single ? options.FoundRounding * Rounding.Limit(expansion.Order) : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<PointRows>().Read<PointKey>().WriteResource<TreeSettings>().WriteResource<LeafChoice>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeSettings settings = World.Resource<TreeSettings>();
        if (!step.PointsChanged || _options.LeafCapacity is not null || settings.UniformDepth is not null) return;
        Calibrate();
        PointRows rows = World.Resource<PointRows>();
        _sampler.Take(rows, _surface, settings.MaxLevel, Jobs);
        for (int i = 0; i < LeafLadder.Count; i++)
        {
            TreeCounts counts = _sampler.Counts(i);
            bool tooRough = i > 0 && Rounding.Error(LeafLadder.Capacities[i], counts.Dimension / _sampler.Points) > _roundingLimit;
            _near[i] = tooRough ? double.PositiveInfinity : _model.Near(counts, rows.Shared);
            _far[i] = _model.Far(counts, _sampler.Sources, _sampler.Targets);
        }
        int best = Best();
        settings.LeafCapacity = LeafLadder.Capacities[best];
        LeafChoice choice = World.Resource<LeafChoice>();
        choice.Chosen = true;
        choice.NearSeconds = _near[best];
        choice.FarSeconds = _far[best];
        choice.NearOverFar = _model.NearOverFar;
    }

    // Many capacities give evenly spread points the same tree: the middle of those that cost the same holds against the fullest cells.
    private int Best()
    {
        int best = 0;
        for (int i = 1; i < LeafLadder.Count; i++)
        {
            if (_near[i] + _far[i] < _near[best] + _far[best]) best = i;
        }
        double most = Same * (_near[best] + _far[best]);
        int first = best, last = best;
        while (first > 0 && _near[first - 1] + _far[first - 1] <= most) first--;
        while (last < LeafLadder.Count - 1 && _near[last + 1] + _far[last + 1] <= most) last++;
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
        if (_options.Calibration is not Calibration calibration)
        {
            LoopSeconds here = _measure();
            calibration = new Calibration(here.Pair / _model.Reference.Pair, here.TransferFlop / _model.Reference.TransferFlop);
        }
        _model.Calibrate(calibration);
        _calibrated = true;
    }
}

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
    private readonly CostModel _model;
    private readonly Func<LoopSeconds> _measure;
    private readonly FmmOptions _options;
    private readonly int _surface;
    private readonly double _roundingLimit;
    private readonly LeafSampler _sampler = new();
    private bool _calibrated;

    internal ChooseLeaf(World world, FmmOptions options, Expansion expansion, CostModel model, Func<LoopSeconds> measure)
        : base(world)
    {
        _options = options;
        _model = model;
        _measure = measure;
        _surface = expansion.Surface.Count;
        _roundingLimit = options.Precision == Precision.Single ? Rounding.Limit(expansion.Order) : double.PositiveInfinity;
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
        LeafChoice choice = World.Resource<LeafChoice>();
        int best = -1;
        for (int i = 0; i < LeafLadder.Count; i++)
        {
            TreeCounts counts = _sampler.Counts(i);
            if (best >= 0 && Rounding.Error(LeafLadder.Capacities[i], counts.Dimension / _sampler.Points) > _roundingLimit) continue;
            double near = _model.Near(counts, rows.Shared), far = _model.Far(counts, _sampler.Sources, _sampler.Targets);
            if (best >= 0 && near + far >= choice.NearSeconds + choice.FarSeconds) continue;
            best = i;
            choice.NearSeconds = near;
            choice.FarSeconds = far;
        }
        choice.Chosen = true;
        choice.NearOverFar = _model.NearOverFar;
        settings.LeafCapacity = LeafLadder.Capacities[best];
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

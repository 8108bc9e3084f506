using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds out how far the tree of the update before serves points that have moved (<see cref="TreePath"/>). Every point is looked at, in the order
/// of the tree: is it in its leaf, if not, in which, and what would that leaf hold? The answer depends on positions alone, the same on any
/// number of threads; no clock is asked.
/// </summary>
/// <remarks>Without it in a schedule trees are made anew whenever points have moved.</remarks>
public sealed unsafe class FollowPoints : BaseSystem<World, FmmStep>
{
    // In half widths: expansions are of surfaces at 1.05 half widths, and of polynomials over the leaf; so little farther they lose nothing that is seen.
    // Single precision has none: there pairs across a leaf's face are looked at only near the face.
    private const double Tolerance = 1.0 / 16;

    // Of the near pairs that the nodes were made for.
    private const double MostPairs = 1.15, FewestPairs = 0.75;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, TargetRange>();
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<SourceRange> _sourceRanges = new();
    private readonly LevelColumn<TargetRange> _targetRanges = new();
    private readonly bool _follows;
    private readonly double _tolerance;
    private readonly WrapPoints? _wrap;

    internal FollowPoints(World world, FmmOptions options)
        : base(world)
    {
        _follows = options.FollowPoints;
        _tolerance = options.Precision == Precision.Double ? Tolerance : 0;
        _wrap = options.Periodic is { } box ? new WrapPoints(world.Ledger, box) : null;
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).Read(in _sources).Read(in _targets)
        .ReadResource<TreeShape>().ReadResource<TreeSettings>().ReadResource<PointRows>().ReadResource<Outliers>().ReadResource<FieldOrigin>().ReadResource<WorkPlan>()
        .ReadResource<EntityInput>().WriteResource<PointInput>().WriteResource<StepChange>().WriteResource<Following>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        StepChange change = World.Resource<StepChange>();
        Following following = World.Resource<Following>();
        following.HasPositions = following.HasEscaped = false;
        TreeReason reason = !change.NeedsTree ? TreeReason.Still : Look(change, following);
        TreePath path = reason switch
        {
            TreeReason.Still => TreePath.Unmoved,
            TreeReason.InLeaves => TreePath.Kept,
            TreeReason.LeftLeaves => TreePath.Refitted,
            _ => TreePath.Built,
        };
        following.HasPositions = path is TreePath.Kept or TreePath.Refitted;
        following.HasEscaped = reason == TreeReason.LeftRoot;
        following.HasRoom = reason == TreeReason.Balance || (following.HasRoom && (step.Change & FieldChange.Points) == 0);
        following.Cells.AreCurrent &= path != TreePath.Built;
        following.Use.Note(path, reason, following.HasPositions ? following.Sources.MoverCount + (World.Resource<PointRows>().Shared ? 0 : following.Targets.MoverCount) : 0);
        change.Follow(path);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wrap?.Dispose();
        base.Dispose();
    }

    private TreeReason Look(StepChange change, Following following)
    {
        FieldOrigin origin = World.Resource<FieldOrigin>();
        if (!origin.HasTree) return TreeReason.First;
        if ((change.Change & FieldChange.Points) != 0) return TreeReason.OtherPoints;
        if (!_follows) return TreeReason.NotAsked;
        if (World.Resource<Outliers>().Any) return TreeReason.Outliers;
        WorkPlan plan = World.Resource<WorkPlan>();
        if (!following.Cells.AreCurrent) following.PairsAtBuild = plan.NearPairs;
        if (plan.NearPairs > MostPairs * following.PairsAtBuild || plan.NearPairs < FewestPairs * following.PairsAtBuild) return TreeReason.Worn;
        PointInput input = World.Resource<PointInput>();
        PointRows rows = World.Resource<PointRows>();
        // What was set without being told is refused when it is checked.
        if (input.Shared != rows.Shared || input.Sources.Length != rows.Sources || input.TargetCount != rows.Targets) return TreeReason.OtherPoints;
        TreeShape shape = World.Resource<TreeShape>();
        _wrap?.Run(input, World.Resource<EntityInput>(), Jobs);
        _rows.Read(World.Query(in _nodes));
        _sourceRanges.Read(_rows);
        _targetRanges.Read(_rows);
        following.Cells.Read(_rows, shape.TotalRows);
        Read(following.Sources, input.PlacedSources, in _sources, rows.NodeSources, following.Cells, shape, targets: false);
        if (rows.Shared) return Judge(following, following.Sources, null, shape);
        Read(following.Targets, input.PlacedTargets, in _targets, rows.NodeTargets, following.Cells, shape, targets: true);
        return Judge(following, following.Sources, following.Targets, shape);
    }

    private void Read(FollowedSet set, NativeBuffer<Position> input, in QueryDescription points, int count, LeafCells cells, TreeShape shape, bool targets) =>
        set.Read(input, SortedPoints.Of(World.Query(in points)).ReadPointer<InputIndex>(), count, cells, _sourceRanges, targets ? _targetRanges : null, shape, _tolerance, Jobs);

    private TreeReason Judge(Following following, FollowedSet sources, FollowedSet? targets, TreeShape shape)
    {
        if (sources.HasEscaped || targets is { HasEscaped: true }) return TreeReason.LeftRoot;
        if (sources.IsLost || targets is { IsLost: true }) return TreeReason.TooMany;
        if (!sources.HasLeft && targets is not { HasLeft: true }) return TreeReason.InLeaves;
        TreeSettings settings = World.Resource<TreeSettings>();
        long limit = settings.UniformDepth is null ? 2L * settings.LeafCapacity : long.MaxValue;
        sources.Count();
        targets?.Count();
        LeafCells cells = following.Cells;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            int most = Math.Max(sources.Counts[cell], targets is null ? 0 : targets.Counts[cell]);
            if (most == 0) continue;
            bool wasHole = sources.Before(cell) == 0 && (targets is null || targets.Before(cell) == 0);
            if (wasHole && cells.BreaksBalance(cell, shape)) return TreeReason.Balance;
            if (limit < most && Math.Max(sources.Before(cell), targets?.Before(cell) ?? 0) <= limit) return TreeReason.Overfull;
        }
        return TreeReason.LeftLeaves;
    }
}

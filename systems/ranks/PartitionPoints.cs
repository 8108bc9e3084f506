using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Brings every point to the rank that owns its cell: points are sorted by their Morton keys where they were given, borders found that share work evenly
/// (<see cref="BorderSearch"/>), and each rank is sent what lies in its cells. Work is that which the update before measured along the curve; where none has, each point counts
/// the same.
/// </summary>
/// <remarks>Points of equal key arrive in the order of the ranks and, of one rank, in that of its input: the order that one rank alone would have.</remarks>
public sealed unsafe class PartitionPoints : RankSystem
{
    // Borders lie at leaves' edges: leaves of so small a share of a rank's points leave its work within some per cent of the others'.
    private const int LeavesARank = 16;
    private const int SmallestLeaf = 64;
    private readonly FmmOptions _options;
    private readonly NativeBuffer<ulong> _sources, _targets;
    private readonly EncodeJob _job = new();

    internal PartitionPoints(World world, RankLink link, FmmOptions options)
        : base(world, link)
    {
        _options = options;
        _sources = new NativeBuffer<ulong>(world.Ledger, "ranks: sorted keys of sources");
        _targets = new NativeBuffer<ulong>(world.Ledger, "ranks: sorted keys of targets");
    }

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .ReadResource<GivenInput>().ReadResource<TreeShape>().ReadResource<Outliers>().ReadResource<TreeSettings>().WriteResource<PointInput>().WriteResource<MortonKeys>();

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        PointInput given = World.Resource<GivenInput>().Points, own = World.Resource<PointInput>();
        TreeShape shape = World.Resource<TreeShape>();
        TreeSettings settings = World.Resource<TreeSettings>();
        SortedKeys sources = Sort(given.PlacedSources, _sources, Link.Sources, Link.SourceOutliers, shape), targets = sources;
        if (!given.Shared) targets = Sort(given.PlacedTargets, _targets, Link.Targets, Link.TargetOutliers, shape);
        long most = Math.Max(Link.Ranks.Sum((long)sources.Count), Link.Ranks.Sum((long)targets.Count));
        Link.MostPointsALeaf = settings.UniformDepth is not null ? int.MaxValue
            : _options.LeafCapacity ?? (int)Math.Clamp(most / ((long)LeavesARank * Link.Ranks.Count), SmallestLeaf, LeafLadder.Capacities[^1]);
        new BorderSearch(Link.Ranks, sources, targets, given.Shared, shape, settings).Find(Link.Cells, Link.Curve, Link.MostPointsALeaf);
        own.Shared = given.Shared;
        Send(Link.Sources, Link.SourceOutliers, sources, given.PlacedSources, own.Sources);
        own.Targets.Resize(0);
        if (!given.Shared) Send(Link.Targets, Link.TargetOutliers, targets, given.PlacedTargets, own.Targets);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sources.Dispose();
        _targets.Dispose();
        base.Dispose();
    }

    private SortedKeys Sort(NativeBuffer<Position> points, NativeBuffer<ulong> sorted, RankRoute route, RankOutliers outliers, TreeShape shape)
    {
        // Keys of this rank's own points take this place as soon as there are some.
        NativeBuffer<ulong> keys = World.Resource<MortonKeys>().Sources;
        _job.Run(shape, World.Resource<Outliers>(), points, keys, Jobs);
        sorted.Resize(points.Length);
        route.Order.Resize(points.Length);
        Link.Sort.Sort(Jobs, keys.Span, sorted.Span, route.Order.Span);
        // Outliers have the last of all keys.
        int inCells = new SortedKeys(sorted.Pointer, sorted.Length).LowerBound(0, sorted.Length, Outliers.Key);
        outliers.Agree(Link.Ranks, route.Order.Span[inCells..]);
        route.Given = points.Length;
        route.Order.Resize(inCells, keep: true);
        return new SortedKeys(sorted.Pointer, inCells);
    }

    private void Send(RankRoute route, RankOutliers outliers, SortedKeys keys, NativeBuffer<Position> given, NativeBuffer<Position> own)
    {
        ReadOnlySpan<ulong> borders = Link.Cells.Borders;
        long[] counts = new long[borders.Length - 1];
        for (int rank = 0, start = 0; rank < counts.Length; rank++)
        {
            int end = keys.LowerBound(start, keys.Count, borders[rank + 1]);
            counts[rank] = end - start;
            start = end;
        }

        route.Agree(Link.Ranks, counts);
        own.Resize(route.Own + outliers.Total);
        route.Bring(Link.Ranks, given.Pointer, sizeof(Position), own.Pointer, Jobs);
        outliers.Bring(Link.Ranks, given.Span, 1, own.Span[route.Own..]);
    }
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Brings every point to the rank that owns its cell: points are sorted by their Morton keys where they were given, borders found that share work evenly
/// (<see cref="BorderSearch"/>), and each rank is sent what lies in its cells. Work is that which the update before measured at each point; where none has, each point counts
/// the same.
/// </summary>
/// <remarks>Points of equal key arrive in the order of the ranks and, of one rank, in that of its input: the order that one rank alone would have.</remarks>
public sealed unsafe class PartitionPoints : RankSystem
{
    // Borders lie at leaves' edges: leaves of so small a share of a rank's points leave its work within some per cent of the others'.
    private const int LeavesARank = 16;
    private const int SmallestLeaf = 64;
    private const int PointsAUnit = 16384;
    private readonly FmmOptions _options;
    private readonly RadixSort _sort;
    private readonly NativeBuffer<ulong> _keys, _sources, _targets;
    private readonly NativeBuffer<double> _sourceWeights, _targetWeights;
    private readonly KeyJob _job = new();

    internal PartitionPoints(World world, RankLink link, FmmOptions options)
        : base(world, link)
    {
        _options = options;
        _sort = new RadixSort(world.Ledger);
        _keys = new NativeBuffer<ulong>(world.Ledger, "ranks: keys");
        _sources = new NativeBuffer<ulong>(world.Ledger, "ranks: sorted keys of sources");
        _targets = new NativeBuffer<ulong>(world.Ledger, "ranks: sorted keys of targets");
        _sourceWeights = new NativeBuffer<double>(world.Ledger, "ranks: sorted work of sources");
        _targetWeights = new NativeBuffer<double>(world.Ledger, "ranks: sorted work of targets");
    }

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .ReadResource<GivenInput>().ReadResource<TreeShape>().ReadResource<TreeSettings>().WriteResource<PointInput>();

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        PointInput given = World.Resource<GivenInput>().Points, own = World.Resource<PointInput>();
        TreeShape shape = World.Resource<TreeShape>();
        TreeSettings settings = World.Resource<TreeSettings>();
        SortedKeys sources = Sort(given.PlacedSources, _sources, Link.Sources, shape), targets = sources;
        if (!given.Shared) targets = Sort(given.PlacedTargets, _targets, Link.Targets, shape);
        long most = Math.Max(Link.Ranks.Sum((long)sources.Count), Link.Ranks.Sum((long)targets.Count));
        Link.MostPointsALeaf = settings.UniformDepth is not null ? int.MaxValue
            : _options.LeafCapacity ?? (int)Math.Clamp(most / ((long)LeavesARank * Link.Ranks.Count), SmallestLeaf, LeafLadder.Capacities[^1]);
        new BorderSearch(Link.Ranks, sources, targets, given.Shared, shape, settings).Find(
            Link.Cells, Weights(Link.Sources, _sourceWeights), given.Shared ? default : Weights(Link.Targets, _targetWeights), Link.MostPointsALeaf);
        own.Shared = given.Shared;
        Send(Link.Sources, sources, given.PlacedSources, own.Sources);
        own.Targets.Resize(0);
        if (!given.Shared) Send(Link.Targets, targets, given.PlacedTargets, own.Targets);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sort.Dispose();
        _keys.Dispose();
        _sources.Dispose();
        _targets.Dispose();
        _sourceWeights.Dispose();
        _targetWeights.Dispose();
        base.Dispose();
    }

    private SortedKeys Sort(NativeBuffer<Position> points, NativeBuffer<ulong> sorted, RankRoute route, TreeShape shape)
    {
        _keys.Resize(points.Length);
        sorted.Resize(points.Length);
        route.Order.Resize(points.Length);
        _job.Shape = shape;
        _job.Points = points.Pointer;
        _job.Keys = _keys.Pointer;
        _job.Count = points.Length;
        Jobs.For((points.Length + PointsAUnit - 1) / PointsAUnit, _job);
        _sort.Sort(Jobs, _keys.Span, sorted.Span, route.Order.Span);
        return new SortedKeys(sorted.Pointer, sorted.Length);
    }

    // Work in the order of the keys; that of other points is none.
    private static ReadOnlySpan<double> Weights(RankRoute route, NativeBuffer<double> sorted)
    {
        int count = route.Order.Length;
        if (route.Weights.Length != count) return default;
        sorted.Resize(count);
        for (int i = 0; i < count; i++) sorted.Pointer[i] = route.Weights.Pointer[route.Order.Pointer[i]];
        return sorted.Span;
    }

    private void Send(RankRoute route, SortedKeys keys, NativeBuffer<Position> given, NativeBuffer<Position> own)
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
        own.Resize(route.Own);
        route.Bring(Link.Ranks, (double*)given.Pointer, 3, (double*)own.Pointer, Jobs);
    }

    private sealed class KeyJob : IJob
    {
        public TreeShape? Shape;
        public Position* Points;
        public ulong* Keys;
        public int Count;

        public void Execute(int unit, int worker)
        {
            for (int i = unit * PointsAUnit, end = Math.Min(Count, i + PointsAUnit); i < end; i++) Keys[i] = EncodeKeys.Key(Shape!, Points[i]);
        }
    }
}

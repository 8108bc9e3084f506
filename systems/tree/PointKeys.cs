using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The keys of all sorted points, outliers left out.</summary>
internal readonly unsafe struct PointKeys
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, PointKey>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, PointKey>();

    private PointKeys(SortedKeys sources, SortedKeys targets, bool shared)
    {
        Sources = sources;
        Targets = targets;
        Shared = shared;
    }

    /// <summary>The sources' keys.</summary>
    public SortedKeys Sources { get; }

    /// <summary>The targets' keys; the sources' where they are the same.</summary>
    public SortedKeys Targets { get; }

    /// <summary>Whether sources and targets are the same points.</summary>
    public bool Shared { get; }

    /// <summary>What <see cref="Of"/> touches.</summary>
    public static Access Access { get; } = new Access().ReadResource<PointRows>().Read(in _sources).Read(in _targets);

    /// <summary>Reads the keys of the points in a world.</summary>
    public static PointKeys Of(World world)
    {
        PointRows rows = world.Resource<PointRows>();
        return new PointKeys(
            Keys(world.Query(in _sources), rows.NodeSources), Keys(world.Query(in _targets), rows.NodeTargets), rows.Shared);
    }

    private static SortedKeys Keys(Query points, int count) => new((ulong*)SortedPoints.Of(points).ReadPointer<PointKey>(), count);
}

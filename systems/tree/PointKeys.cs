using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Reads the key columns of sorted points, outliers left out.</summary>
internal static unsafe class PointKeys
{
    /// <summary>The sources' keys.</summary>
    public static SortedKeys SourceKeys(this PointRows rows) => Keys(rows.Sources, rows.NodeSources);

    /// <summary>The targets' keys.</summary>
    public static SortedKeys TargetKeys(this PointRows rows) => Keys(rows.Targets, rows.NodeTargets);

    private static SortedKeys Keys(Archetype points, int count) => new((ulong*)points.Chunk.ReadPointer<PointKey>(), count);
}

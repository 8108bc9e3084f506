using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What stopped at the deepest level that a tree may have: leaves that hold more than the capacity and would have been split.</summary>
/// <param name="Count">How many.</param>
/// <param name="Largest">The most sources, or targets, of one; 0 without any.</param>
internal readonly record struct FullLeaves(int Count, int Largest)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<SourceRange, TargetRange, NodeLinks>();

    /// <summary>Counts those of a method's tree.</summary>
    public static FullLeaves Of(FmmMethod method)
    {
        TreeSettings settings = method.Tree.Settings;
        int count = 0, largest = 0;
        if (settings.UniformDepth is not null || method.Tree.Shape.Depth < settings.MaxLevel) return default;
        PointKeys points = PointKeys.Of(method.World);
        foreach (ref Chunk chunk in method.World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            if (chunk.Level != settings.MaxLevel) continue;
            ReadOnlySpan<SourceRange> sources = chunk.Read<SourceRange>();
            ReadOnlySpan<TargetRange> targets = chunk.Read<TargetRange>();
            for (int row = 0; row < sources.Length; row++)
            {
                int most = Math.Max(sources[row].Count, targets[row].Count);
                if (most <= settings.LeafCapacity || IsOneCell(points, sources[row], targets[row])) continue;
                count++;
                largest = Math.Max(largest, most);
            }
        }
        return new FullLeaves(count, largest);
    }

    // Points of one cell of the deepest level of all stay together anyway (SplitNodes).
    private static unsafe bool IsOneCell(in PointKeys points, SourceRange sources, TargetRange targets) =>
        (sources.Count < 2 || points.Sources.Keys[sources.Start] == points.Sources.Keys[sources.End - 1])
        && (targets.Count < 2 || points.Targets.Keys[targets.Start] == points.Targets.Keys[targets.End - 1]);
}

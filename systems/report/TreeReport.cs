using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The tree of the last update.</summary>
/// <param name="Depth">Deepest level.</param>
/// <param name="Nodes">Nodes that hold a point.</param>
/// <param name="Leaves">Leaves that hold a point.</param>
/// <param name="Levels">The same and the lists' sizes, a level each, from the root down.</param>
public sealed record TreeReport(int Depth, int Nodes, int Leaves, IReadOnlyList<LevelReport> Levels)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, SourceRange, TargetRange>().WithAll<UList, VCount>().WithAll<WList, XList>();

    /// <summary>U lists: touching leaves, and those of few points that act directly; a list a leaf with targets.</summary>
    public ListSizes U => All(level => level.U);

    /// <summary>V lists, one a node with targets.</summary>
    public ListSizes V => All(level => level.V);

    /// <summary>W lists: members that M2P takes; a list a leaf with targets.</summary>
    public ListSizes W => All(level => level.W);

    /// <summary>X lists: members that P2L takes; a list a node with targets.</summary>
    public ListSizes X => All(level => level.X);

    /// <summary>
    /// Leaves at <see cref="FmmOptions.MaxLevel"/> that hold more than the leaf capacity: they would have been split but for that option. 0 where no level
    /// was given, or none stopped there.
    /// </summary>
    public int FullLeaves { get; init; }

    /// <summary>Most sources, or targets, of one of <see cref="FullLeaves"/>; 0 where there are none.</summary>
    public int FullestLeaf { get; init; }

    /// <summary>Whether two trees have the same levels of the same sizes.</summary>
    /// <param name="other">The other tree.</param>
    public bool Equals(TreeReport? other) => other is not null && Levels.SequenceEqual(other.Levels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Depth, Nodes, Leaves);

    internal static TreeReport Of(FmmMethod method)
    {
        TreeShape shape = method.Tree.Shape;
        bool apart = !method.Input.Shared;
        List<LevelReport> levels = [];
        foreach (ref Chunk chunk in method.World.Query(in _nodes).Levels(LevelOrder.TopDown))
            if (Level(in chunk, apart) is { Nodes: > 0 } level) levels.Add(level);
        FullLeaves full = Systems.FullLeaves.Of(method);
        return new TreeReport(shape.Depth, shape.NodeCount, shape.LeafCount, levels) { FullLeaves = full.Count, FullestLeaf = full.Largest };
    }

    private static LevelReport Level(in Chunk chunk, bool apart)
    {
        ReadOnlySpan<NodeLinks> links = chunk.Read<NodeLinks>();
        ReadOnlySpan<SourceRange> sources = chunk.Read<SourceRange>();
        ReadOnlySpan<TargetRange> targets = chunk.Read<TargetRange>();
        ReadOnlySpan<UList> near = chunk.Read<UList>();
        ReadOnlySpan<VCount> far = chunk.Read<VCount>();
        ReadOnlySpan<WList> multipoles = chunk.Read<WList>();
        ReadOnlySpan<XList> sourcesAbove = chunk.Read<XList>();
        int nodes = 0, leaves = 0, largest = 0;
        ListSizes u = default, v = default, w = default, x = default;
        for (int row = 0; row < links.Length; row++)
        {
            if (sources[row].Count == 0 && targets[row].Count == 0) continue;
            nodes++;
            bool leaf = links[row].FirstChild < 0;
            if (leaf)
            {
                leaves++;
                largest = Math.Max(largest, apart ? sources[row].Count + targets[row].Count : sources[row].Count);
            }
            if (targets[row].Count == 0) continue;
            v = v.And(far[row].Value);
            x = x.And(sourcesAbove[row].Count);
            if (!leaf) continue;
            u = u.And(near[row].Count);
            w = w.And(multipoles[row].Count);
        }
        return new LevelReport(chunk.Level, nodes, leaves, largest, u, v, w, x);
    }

    private ListSizes All(Func<LevelReport, ListSizes> kind) => Levels.Aggregate(default(ListSizes), (sum, level) => sum.And(kind(level)));
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Tells the nodes of the tree what other ranks have in them: which hold sources, how many a ghost leaf has, and which rank computes each node's
/// multipole. The lists then find ghosts as they find any node.
/// </summary>
/// <param name="world">The world.</param>
public sealed unsafe class AdoptGhosts(World world) : TreeSystem(world)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, TargetRange>().WithAll<Occupancy, NodeRank>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<SourceRange> _sources = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly LevelColumn<Occupancy> _holds = new();
    private readonly LevelColumn<NodeRank> _ranks = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access()
        .Gather(in _nodes).Write<SourceRange>().Write<Occupancy>().Write<NodeRank>().ReadResource<RankLink>().ReadResource<SplitSets>().WriteResource<TreeShape>();

    /// <inheritdoc/>
    protected override void Build()
    {
        RankLink link = World.Resource<RankLink>();
        SplitSets splits = World.Resource<SplitSets>();
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _links.Read(_rows);
        _sources.Write(_rows);
        _targets.Read(_rows);
        _holds.Write(_rows);
        _ranks.Write(_rows);
        Count(link, splits);
        foreach (GhostSplit split in link.Ghosts.Splits) Adopt(split, 8 * Find(splits[split.Level], split.Key), link.Cells);
    }

    private void Adopt(in GhostSplit split, int first, RankCells cells)
    {
        _holds[0][0].Sources = true;
        for (int octant = 0; octant < 8; octant++)
        {
            int row = first + octant, level = split.Level + 1, count = split.Sources[octant];
            if (count == 0) continue;
            _holds[level][row].Sources = true;
            // A leaf's sources stand with its rank until the lists ask for them; lists ask how many there are. Of what has children deeper than this rank's own, they do not.
            bool isLeaf = (split.Split >> octant & 1) == 0 && _ranks[level][row].Value != cells.Rank;
            if (isLeaf) _sources[level][row] = new SourceRange { Start = int.MaxValue - count, Count = count };
        }
    }

    // Ranks of all nodes, octets that hold points of this rank, and how many nodes and leaves do; before ghosts join.
    private void Count(RankLink link, SplitSets splits)
    {
        TreeShape shape = World.Resource<TreeShape>();
        RankCells cells = link.Cells;
        int nodes = 0, leaves = 0;
        for (int level = 0; level <= shape.Depth; level++)
        {
            for (int row = 0; row < shape.RowCount(level); row++)
            {
                _ranks[level][row].Value = cells.Owner(_keys[level][row].Value, level);
                if ((_sources[level][row].Count | _targets[level][row].Count) == 0) continue;
                nodes++;
                leaves += _links[level][row].IsLeaf ? 1 : 0;
            }

            if (level > 0) NoteOwn(shape, cells, splits[level - 1], level);
        }

        shape.Count(nodes, leaves);
        link.Ghosts.Nodes = 0;
        for (int level = 1; level <= shape.Depth; level++) link.Ghosts.Nodes += 8 * (shape.OctetCount(level) - shape.OwnEnd(level) + shape.OwnStart(level));
    }

    private static void NoteOwn(TreeShape shape, RankCells cells, SplitLevel above, int level)
    {
        int first = 0, end = 0;
        if (cells.HasCells(cells.Rank))
        {
            while (first < above.Count && RankCells.Behind(above.Keys.Pointer[first], level - 1) <= cells.Low) first++;
            for (end = first; end < above.Count && RankCells.First(above.Keys.Pointer[end], level - 1) < cells.High; end++)
            {
            }
        }

        shape.Own(level, first, end);
    }

    private static int Find(SplitLevel splits, ulong key) => SortedKeys.LowerBound(splits.Keys.Pointer, 0, splits.Count, key);
}

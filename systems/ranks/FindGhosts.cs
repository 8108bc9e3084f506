using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Tells other ranks of the nodes that their lists may name, and adds theirs to this rank's tree: a node with children that touches a node of the
/// other rank's, with what its children hold. Which of them the lists then name they ask for (<see cref="RequestSources"/>, <see cref="RequestMultipoles"/>).
/// </summary>
/// <remarks>
/// The locally essential tree of Warren and Salmon (1993), as far as it has no numbers in it: a layer of nodes around the rank's part of the curve, a surface. A rank is told
/// by where its cells lie; it may have no point in them.
/// </remarks>
public sealed unsafe class FindGhosts : RankSystem
{
    private readonly List<GhostSplit>[] _splits;
    private readonly List<int> _near = [];
    private readonly int[] _stamps;
    private int _stamp;
    private TreeShape? _shape;

    internal FindGhosts(World world, RankLink link)
        : base(world, link)
    {
        _splits = new List<GhostSplit>[link.Ranks.Count];
        for (int rank = 0; rank < _splits.Length; rank++) _splits[rank] = [];
        _stamps = new int[_splits.Length];
    }

    /// <inheritdoc/>
    protected override Access Touched { get; } = PointKeys.Access.ReadResource<TreeShape>().WriteResource<SplitSets>();

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        SplitSets splits = World.Resource<SplitSets>();
        _shape = World.Resource<TreeShape>();
        Collect(PointKeys.Of(World).Sources, splits);
        long[] counts = [.. _splits.Select(one => (long)one.Count)], received = new long[counts.Length];
        Link.Ghosts.Splits = Merge(Link.Ranks.Exchange<GhostSplit>(_splits.SelectMany(one => one).ToArray(), counts, received));
        Adopt(Link.Ghosts.Splits, splits);
    }

    private void Collect(in SortedKeys points, SplitSets splits)
    {
        foreach (List<GhostSplit> one in _splits) one.Clear();
        int* cuts = stackalloc int[SplitLevel.CutsANode];
        for (int level = 0; level < splits.Depth; level++)
        {
            for (int i = 0; i < splits[level].Count; i++)
            {
                ulong key = splits[level].Keys.Pointer[i];
                FindNear(key, level);
                if (_near.Count == 0) continue;
                cuts[0] = points.LowerBound(0, points.Count, RankCells.First(key, level));
                cuts[8] = points.LowerBound(cuts[0], points.Count, RankCells.Behind(key, level));
                points.Cut(key, level, cuts);
                GhostSplit split = GhostSplit.Of(key, level, cuts, Child(splits[level + 1], key));
                foreach (int rank in _near) _splits[rank].Add(split);
            }
        }
    }

    // Which children of a node are split.
    private static int Child(SplitLevel level, ulong key)
    {
        int mask = 0;
        for (int at = SortedKeys.LowerBound(level.Keys.Pointer, 0, level.Count, key << 3); at < level.Count && level.Keys.Pointer[at] >> 3 == key; at++)
            mask |= 1 << (int)(level.Keys.Pointer[at] & 7);
        return mask;
    }

    // The other ranks with cells in a node or in nodes that touch it.
    private void FindNear(ulong key, int level)
    {
        _near.Clear();
        _stamp++;
        if (level < _shape!.LeastLevel)
        {
            // A box that repeats has its images there: all of them act on all.
            Add(0, 0);
            return;
        }

        for (int direction = 0; direction < Morton.Directions; direction++)
            if (_shape.TryNeighbour(key, level, direction, out ulong neighbour, out _) && Link.Cells.IsCut(neighbour, level)) Add(neighbour, level);
    }

    private void Add(ulong key, int level)
    {
        RankCells cells = Link.Cells;
        for (int rank = cells.Owner(key, level), last = cells.LastOwner(key, level); rank <= last; rank++)
        {
            if (rank == cells.Rank || _stamps[rank] == _stamp || !cells.HasCells(rank)) continue;
            _stamps[rank] = _stamp;
            _near.Add(rank);
        }
    }

    private static GhostSplit[] Merge(GhostSplit[] splits)
    {
        Array.Sort(splits, (a, b) => a.Level != b.Level ? a.Level.CompareTo(b.Level) : a.Key.CompareTo(b.Key));
        int count = 0;
        foreach (GhostSplit split in splits)
        {
            if (count > 0 && splits[count - 1].Level == split.Level && splits[count - 1].Key == split.Key) splits[count - 1] = splits[count - 1].And(split);
            else splits[count++] = split;
        }

        return splits[..count];
    }

    private static void Adopt(GhostSplit[] ghosts, SplitSets splits)
    {
        for (int start = 0, end; start < ghosts.Length; start = end)
        {
            int level = ghosts[start].Level;
            for (end = start; end < ghosts.Length && ghosts[end].Level == level; end++)
            {
            }

            Join(splits[level], ghosts.AsSpan(start, end - start));
        }
    }

    // Both ascend; a node that is there already stays as it is. What joins has no points of this rank's, and so no cuts.
    private static void Join(SplitLevel level, ReadOnlySpan<GhostSplit> ghosts)
    {
        int added = 0, old = level.Count - 1, ghost = ghosts.Length - 1;
        foreach (GhostSplit one in ghosts) added += Has(level, one.Key) ? 0 : 1;
        level.Keys.Resize(old + 1 + added, keep: true);
        level.Origin.Resize(old + 1 + added, keep: true);
        for (int to = old + added; ghost >= 0; to--)
        {
            bool same = old >= 0 && level.Keys.Pointer[old] == ghosts[ghost].Key;
            if (same) ghost--;
            bool keeps = same || (old >= 0 && level.Keys.Pointer[old] > ghosts[ghost].Key);
            level.Origin.Pointer[to] = keeps ? level.Origin.Pointer[old] : -1;
            level.Keys.Pointer[to] = keeps ? level.Keys.Pointer[old--] : ghosts[ghost--].Key;
        }

        static bool Has(SplitLevel level, ulong key)
        {
            int at = SortedKeys.LowerBound(level.Keys.Pointer, 0, level.Count, key);
            return at < level.Count && level.Keys.Pointer[at] == key;
        }
    }
}

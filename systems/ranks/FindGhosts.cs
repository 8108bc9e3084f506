using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Tells other ranks of the nodes and sources that their lists may name, and adds theirs to this rank's tree: a node with children that touches a node of the
/// other rank's, whose children are members of V and W lists there; a leaf that touches one, or that acts directly for having few points, with its sources (U and X lists).
/// </summary>
/// <remarks>
/// A rank is told by where its cells lie: it may have no point in them, and leaves unread what it does not need. What is told is a layer of nodes
/// around the rank's part of the curve, a surface.
/// </remarks>
public sealed unsafe class FindGhosts : RankSystem
{
    private readonly NativeBuffer<int> _index;
    private readonly List<GhostSplit>[] _splits;
    private readonly List<GhostLeaf>[] _leaves;
    private readonly List<int>[] _rows;
    private readonly List<int> _near = [], _nearParent = [];
    private readonly int[] _stamps;
    private int _stamp;
    private TreeShape? _shape;

    internal FindGhosts(World world, RankLink link)
        : base(world, link)
    {
        _index = new NativeBuffer<int>(world.Ledger, "ranks: order of points");
        int ranks = link.Ranks.Count;
        _splits = new List<GhostSplit>[ranks];
        _leaves = new List<GhostLeaf>[ranks];
        _rows = new List<int>[ranks];
        _stamps = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) (_splits[rank], _leaves[rank], _rows[rank]) = ([], [], []);
    }

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            TreeLayout layout = World.Resource<TreeLayout>();
            return PointKeys.Access.ReadResource<TreeShape>().ReadResource<TreeSettings>().ReadResource<TreeLayout>().WriteResource<SplitSets>()
                .WriteResource<PointInput>().WriteResource<PointRows>().WriteResource<MortonKeys>().Create(layout.Shared.Signature).Create(layout.Sources.Signature);
        }
    }

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        Collect(PointKeys.Of(World).Sources, World.Resource<SplitSets>(), World.Resource<TreeSettings>().DirectPoints);
        GhostTree ghosts = Link.Ghosts;
        ghosts.Splits = Merge(Send(_splits));
        ghosts.Leaves = Send(_leaves);
        SendPoints(ghosts);
        Adopt(ghosts.Splits, World.Resource<SplitSets>());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _index.Dispose();
        base.Dispose();
    }

    private void Collect(in SortedKeys points, SplitSets splits, int direct)
    {
        _shape = World.Resource<TreeShape>();
        for (int rank = 0; rank < _splits.Length; rank++)
        {
            _splits[rank].Clear();
            _leaves[rank].Clear();
            _rows[rank].Clear();
        }

        int* cuts = stackalloc int[SplitLevel.CutsANode];
        for (int level = 0; level < splits.Depth; level++)
        {
            for (int i = 0; i < splits[level].Count; i++)
            {
                ulong key = splits[level].Keys.Pointer[i];
                FindNear(key, level, _nearParent);
                if (_nearParent.Count == 0) continue;
                cuts[0] = points.LowerBound(0, points.Count, RankCells.First(key, level));
                cuts[8] = points.LowerBound(cuts[0], points.Count, RankCells.Behind(key, level));
                points.Cut(key, level, cuts);
                int sources = 0;
                for (int octant = 0; octant < 8; octant++) sources |= cuts[octant + 1] > cuts[octant] ? 1 << octant : 0;
                foreach (int rank in _nearParent) _splits[rank].Add(new GhostSplit(key, level, sources));
                for (int mask = sources; mask != 0; mask &= mask - 1)
                {
                    int octant = BitOperations.TrailingZeroCount(mask);
                    AddLeaf((key << 3) | (uint)octant, level + 1, cuts[octant], cuts[octant + 1] - cuts[octant], splits[level + 1], direct);
                }
            }
        }
    }

    private void AddLeaf(ulong key, int level, int start, int count, SplitLevel splits, int direct)
    {
        int at = SortedKeys.LowerBound(splits.Keys.Pointer, 0, splits.Count, key);
        if (at < splits.Count && splits.Keys.Pointer[at] == key) return;
        FindNear(key, level, _near);
        // A leaf of few sources acts directly on leaves that touch its parent alone.
        foreach (int rank in count <= direct ? _nearParent : _near)
        {
            _leaves[rank].Add(new GhostLeaf(key, level, count));
            for (int i = start; i < start + count; i++) _rows[rank].Add(i);
        }
    }

    // The other ranks with cells in a node or in nodes that touch it.
    private void FindNear(ulong key, int level, List<int> near)
    {
        near.Clear();
        _stamp++;
        if (level < _shape!.LeastLevel)
        {
            // A box that repeats has its images there: all of them act on all.
            Add(0, 0, near);
            return;
        }

        for (int direction = 0; direction < Morton.Directions; direction++)
            if (_shape.TryNeighbour(key, level, direction, out ulong neighbour, out _) && Link.Cells.IsCut(neighbour, level)) Add(neighbour, level, near);
    }

    private void Add(ulong key, int level, List<int> near)
    {
        RankCells cells = Link.Cells;
        for (int rank = cells.Owner(key, level), last = cells.LastOwner(key, level); rank <= last; rank++)
        {
            if (rank == cells.Rank || _stamps[rank] == _stamp || !cells.HasCells(rank)) continue;
            _stamps[rank] = _stamp;
            near.Add(rank);
        }
    }

    private T[] Send<T>(List<T>[] to)
        where T : unmanaged
    {
        long[] counts = [.. to.Select(one => (long)one.Count)], received = new long[to.Length];
        return Link.Ranks.Exchange<T>(to.SelectMany(one => one).ToArray(), counts, received);
    }

    private static GhostSplit[] Merge(GhostSplit[] splits)
    {
        Array.Sort(splits, (a, b) => a.Level != b.Level ? a.Level.CompareTo(b.Level) : a.Key.CompareTo(b.Key));
        int count = 0;
        foreach (GhostSplit split in splits)
        {
            if (count > 0 && splits[count - 1].Level == split.Level && splits[count - 1].Key == split.Key)
                splits[count - 1] = split with { Sources = splits[count - 1].Sources | split.Sources };
            else splits[count++] = split;
        }

        return splits[..count];
    }

    private void SendPoints(GhostTree ghosts)
    {
        PointInput input = World.Resource<PointInput>();
        TreeLayout layout = World.Resource<TreeLayout>();
        RowLayout shape = input.Shared ? layout.Shared : layout.Sources;
        Archetype rows = shape.Rows(World);
        int own = rows.Count, total = 0;
        ghosts.Sent = [.. _rows.Select(one => (long)one.Count)];
        ghosts.Received = new long[_rows.Length];
        Link.Ranks.Counts(ghosts.Sent, ghosts.Received);
        ghosts.Points = checked((int)ghosts.Received.Sum());
        ReadOnlySpan<InputIndex> index = rows.Chunk.Read<InputIndex>();
        ghosts.Rows.Resize(checked((int)ghosts.Sent.Sum()));
        foreach (List<int> one in _rows) foreach (int row in one) ghosts.Rows.Pointer[total++] = index[row].Value;

        Position[] positions = new Position[total];
        for (int i = 0; i < total; i++) positions[i] = input.Sources.Pointer[ghosts.Rows.Pointer[i]];
        input.Sources.Resize(own + ghosts.Points, keep: true);
        fixed (Position* from = positions) Link.Ranks.Exchange(from, ghosts.Sent, input.Sources.Pointer + own, ghosts.Received, sizeof(Position));
        Extend(rows, shape, own, ghosts.Points);
        World.Resource<PointRows>().Extend(ghosts.Points);
    }

    // Ghosts stand behind this rank's own points. Rows made anew lose what they hold.
    private void Extend(Archetype rows, RowLayout shape, int own, int ghosts)
    {
        if (ghosts == 0) return;
        NativeBuffer<ulong> keys = World.Resource<MortonKeys>().Sources;
        keys.Resize(own);
        _index.Resize(own);
        rows.Chunk.Read<PointKey>().CopyTo(new Span<PointKey>(keys.Pointer, own));
        rows.Chunk.Read<InputIndex>().CopyTo(new Span<InputIndex>(_index.Pointer, own));
        shape.SetCount(rows, own + ghosts);
        new ReadOnlySpan<PointKey>(keys.Pointer, own).CopyTo(rows.Chunk.Write<PointKey>());
        Span<InputIndex> index = rows.Chunk.Write<InputIndex>();
        new ReadOnlySpan<InputIndex>(_index.Pointer, own).CopyTo(index);
        for (int i = own; i < own + ghosts; i++) index[i] = new InputIndex { Value = i };
        rows.Chunk.Write<PointKey>()[own..].Clear();
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

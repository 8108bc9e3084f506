using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes touching leaves differ by one level at most (2:1 balance over faces, edges and corners): from the deepest level up, wherever a
/// split node has a neighbour whose parent holds a point, that parent is split too. Regions without points are never split, unless the tree
/// follows points that come into them. Sundar,
/// Sampath and Biros 2008 treat the problem; here one pass upward is enough, because the parents of split nodes are split themselves.
/// </summary>
/// <param name="world">The world, with the resources <see cref="PointRows"/>, <see cref="TreeShape"/> and <see cref="SplitSets"/>.</param>
public sealed unsafe class BalanceTree(World world) : TreeSystem(world)
{
    private const int OctetsAUnit = 64;
    private readonly NativeBuffer<int> _firsts = new(world.Ledger, "balance.firsts");
    private readonly NativeBuffer<int> _missing = new(world.Ledger, "balance.missing");
    private readonly NativeBuffer<ulong> _added = new(world.Ledger, "balance.added");
    private readonly NativeBuffer<int> _elsewhere = new(world.Ledger, "balance.elsewhere");
    private readonly MissingJob _job = new();
    private readonly RankLink? _link;

    internal BalanceTree(World world, RankLink? link)
        : this(world) => _link = link;

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            Access access = PointKeys.Access.ReadResource<TreeShape>().ReadResource<Following>().WriteResource<SplitSets>();
            return _link is null ? access : access.WriteResource<RankLink>();
        }
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        PointKeys points = PointKeys.Of(World);
        SplitSets splits = World.Resource<SplitSets>();
        _job.Splits = splits;
        _job.Everywhere = World.Resource<Following>().HasRoom;
        _job.Sources = points.Sources;
        _job.Targets = points.Targets;
        _job.Shared = points.Shared;
        TreeShape shape = _job.Shape = World.Resource<TreeShape>();
        // The root has no neighbours, so that its children ask for nothing; in a box that repeats all nodes of the first levels are split.
        _job.Cells = _link?.Cells;
        int depth = _link is null ? splits.Depth : DepthOfRanks(_link, splits.Depth);
        for (int level = depth - 1; level > Math.Max(1, shape.LeastLevel); level--) Require(splits, level);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _firsts.Dispose();
        _missing.Dispose();
        _elsewhere.Dispose();
        _added.Dispose();
        base.Dispose();
    }

    private void Require(SplitSets splits, int level)
    {
        // Split siblings ask for the same parents: each group of siblings is asked once.
        NativeBuffer<ulong> keys = splits[level].Keys;
        int groups = 0;
        _firsts.Resize(keys.Length + 1);
        for (int i = 0; i < keys.Length; i++) if (i == 0 || keys.Pointer[i] >> 3 != keys.Pointer[i - 1] >> 3) _firsts.Pointer[groups++] = i;
        _firsts.Pointer[groups] = keys.Length;
        _missing.Resize(groups);
        _job.Keys = keys.Pointer;
        _job.Firsts = _firsts.Pointer;
        _job.Missing = _missing.Pointer;
        _elsewhere.Resize(_link is null ? 0 : groups);
        _job.Elsewhere = _elsewhere.Pointer;
        _job.Groups = groups;
        _job.Level = level;
        Jobs.For((groups + OctetsAUnit - 1) / OctetsAUnit, _job);
        Collect(groups, level);
        if (_link is not null) TellRanks(_link, groups, level, splits[level - 1]);
        if (Distinct() > 0) Merge(splits[level - 1]);
    }

    private int DepthOfRanks(RankLink link, int depth)
    {
        link.Tell(Name, () => depth = link.Ranks.Largest(depth));
        return depth;
    }

    private void TellRanks(RankLink link, int groups, int level, SplitLevel above) => link.Tell(Name, () => CollectOfRanks(groups, level, above));

    // What this rank asks of nodes that others have points of, and what they ask of this one.
    private void CollectOfRanks(int groups, int level, SplitLevel above)
    {
        RankCells cells = _link!.Cells;
        HashSet<(int Rank, ulong Key)> asked = [];
        for (int i = 0; i < groups; i++)
        {
            for (int mask = _elsewhere.Pointer[i]; mask != 0; mask &= mask - 1)
            {
                _job.Shape!.TryNeighbour(_job.Keys[_firsts.Pointer[i]] >> 3, level - 1, BitOperations.TrailingZeroCount(mask), out ulong key, out _);
                for (int rank = cells.Owner(key, level - 1), last = cells.LastOwner(key, level - 1); rank <= last; rank++)
                    if (rank != cells.Rank && cells.HasCells(rank)) asked.Add((rank, key));
            }
        }

        long[] counts = new long[_link.Ranks.Count], received = new long[counts.Length];
        foreach ((int rank, _) in asked) counts[rank]++;
        ulong[] keys = _link.Ranks.Exchange<ulong>(asked.OrderBy(one => one.Rank).ThenBy(one => one.Key).Select(one => one.Key).ToArray(), counts, received);
        if ((_job.Sources.Count | _job.Targets.Count) == 0) return;
        foreach (ulong key in keys)
        {
            if (!_job.IsMissing(above, key, level - 1)) continue;
            _added.Resize(_added.Length + 1, keep: true);
            _added.Pointer[_added.Length - 1] = key;
        }
    }

    private void Collect(int groups, int level)
    {
        int total = 0;
        for (int i = 0; i < groups; i++) total += BitOperations.PopCount((uint)_missing.Pointer[i]);
        _added.Resize(total);
        int next = 0;
        for (int i = 0; i < groups; i++)
        {
            for (int mask = _missing.Pointer[i]; mask != 0; mask &= mask - 1)
            {
                ulong octet = _job.Keys[_firsts.Pointer[i]] >> 3;
                _job.Shape!.TryNeighbour(octet, level - 1, BitOperations.TrailingZeroCount(mask), out _added.Pointer[next++], out _);
            }
        }

    }

    private int Distinct()
    {
        Span<ulong> added = _added.Span;
        added.Sort();
        int distinct = 0;
        for (int i = 0; i < added.Length; i++) if (i == 0 || added[i] != added[i - 1]) added[distinct++] = added[i];
        _added.Resize(distinct, keep: true);
        return distinct;
    }

    private void Merge(SplitLevel split)
    {
        int old = split.Count - 1;
        int add = _added.Length - 1;
        int next = old + add + 1;
        split.Keys.Resize(next + 1, keep: true);
        split.Origin.Resize(next + 1, keep: true);
        for (; add >= 0; next--)
        {
            bool fromOld = old >= 0 && split.Keys.Pointer[old] > _added.Pointer[add];
            split.Keys.Pointer[next] = fromOld ? split.Keys.Pointer[old] : _added.Pointer[add];
            split.Origin.Pointer[next] = fromOld ? split.Origin.Pointer[old] : -1;
            _ = fromOld ? old-- : add--;
        }
    }

    private sealed class MissingJob : IJob
    {
        public SplitSets? Splits;
        public TreeShape? Shape;
        public SortedKeys Sources;
        public SortedKeys Targets;
        public ulong* Keys;
        public int* Firsts;
        public int* Missing;
        public int* Elsewhere;
        public RankCells? Cells;
        public int Groups;
        public int Level;
        public bool Shared;
        public bool Everywhere;

        public void Execute(int unit, int worker)
        {
            SplitLevel above = Splits![Level - 1];
            for (int group = unit * OctetsAUnit, end = Math.Min(Groups, group + OctetsAUnit); group < end; group++)
            {
                int reach = 0;
                for (int i = Firsts[group]; i < Firsts[group + 1]; i++) reach |= OctetAdjacency.Reach((int)(Keys[i] & 7));
                ulong octet = Keys[Firsts[group]] >> 3;
                int missing = 0, elsewhere = 0;
                for (int mask = reach & ~(1 << 13); mask != 0; mask &= mask - 1)
                {
                    int direction = BitOperations.TrailingZeroCount(mask);
                    if (!Shape!.TryNeighbour(octet, Level - 1, direction, out ulong neighbour, out _) || Find(above, neighbour) >= 0) continue;
                    if (Everywhere || HoldsPoints(neighbour, Level - 1)) missing |= 1 << direction;
                    if (Cells is not null && Cells.IsCut(neighbour, Level - 1)) elsewhere |= 1 << direction;
                }

                Missing[group] = missing;
                if (Cells is not null) Elsewhere[group] = elsewhere;
            }
        }

        /// <summary>Whether a node that has to be split is not, and holds a point.</summary>
        public bool IsMissing(SplitLevel level, ulong key, int at) => Find(level, key) < 0 && HoldsPoints(key, at);

        private static int Find(SplitLevel level, ulong key)
        {
            int row = SortedKeys.LowerBound(level.Keys.Pointer, 0, level.Count, key);
            return row < level.Count && level.Keys.Pointer[row] == key ? row : -1;
        }

        /// <summary>Looks the node up in its deepest split ancestor, whose cuts leave at most a leaf's points to search.</summary>
        private bool HoldsPoints(ulong key, int level)
        {
            int ancestor = level - 1;
            int row = Find(Splits![ancestor], key >> 3);
            while (row < 0)
            {
                ancestor--;
                row = Find(Splits[ancestor], key >> (3 * (level - ancestor)));
            }

            long cut = ((long)row * SplitLevel.CutsANode) + (int)((key >> (3 * (level - ancestor - 1))) & 7);
            int* sources = Splits[ancestor].SourceCuts.Pointer + cut;
            if (Sources.Any(key, level, sources[0], sources[1])) return true;
            int* targets = Splits[ancestor].TargetCuts.Pointer + cut;
            return !Shared && Targets.Any(key, level, targets[0], targets[1]);
        }
    }
}

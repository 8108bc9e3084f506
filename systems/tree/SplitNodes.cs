using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Decides which nodes have children, from the root down: adaptive by leaf capacity, or uniform by depth. A node's points are one range of
/// the sorted keys, so a split is seven binary searches.
/// </summary>
/// <param name="world">The world, with the resources <see cref="PointRows"/>, <see cref="TreeSettings"/>, <see cref="TreeShape"/> and <see cref="SplitSets"/>.</param>
public sealed unsafe class SplitNodes(World world) : TreeSystem(world)
{
    private const int NodesAUnit = 128;
    private readonly RankLink? _link;
    private readonly NativeBuffer<byte> _children = new(world.Ledger, "split.children");
    private readonly CutJob _job = new();

    internal SplitNodes(World world, RankLink? link)
        : this(world) => _link = link;

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            Access access = PointKeys.Access.ReadResource<TreeSettings>().ReadResource<TreeShape>().WriteResource<SplitSets>();
            return _link is null ? access : access.ReadResource<RankLink>();
        }
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        PointKeys points = PointKeys.Of(World);
        SplitSets splits = World.Resource<SplitSets>();
        _job.Settings = World.Resource<TreeSettings>();
        TreeShape shape = World.Resource<TreeShape>();
        _job.LeastLevel = shape.LeastLevel;
        _job.NarrowestLevel = _job.Settings.NarrowestLevel(shape.RootCube);
        _job.Sources = points.Sources;
        _job.Targets = points.Targets;
        _job.Shared = points.Shared;
        _job.Cells = _link?.Cells;
        Begin(splits[0]);
        for (int level = 0; level < Morton.MaxLevel; level++) Descend(splits[level], splits[level + 1], level);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _children.Dispose();
        base.Dispose();
    }

    private void Begin(SplitLevel root)
    {
        bool split = _job.Splits(0, 0, 0, _job.Sources.Count, 0, _job.Targets.Count);
        Resize(root, split ? 1 : 0);
        if (split)
        {
            root.Keys.Pointer[0] = 0;
            root.Origin.Pointer[0] = 0;
            root.SourceCuts.Pointer[0] = 0;
            root.SourceCuts.Pointer[8] = _job.Sources.Count;
            if (!_job.Shared)
            {
                root.TargetCuts.Pointer[0] = 0;
                root.TargetCuts.Pointer[8] = _job.Targets.Count;
            }
        }
    }

    private void Descend(SplitLevel from, SplitLevel to, int level)
    {
        int count = from.Count;
        _children.Resize(count);
        _job.Level = level;
        _job.Split = from;
        _job.Children = _children.Pointer;
        Jobs.For((count + NodesAUnit - 1) / NodesAUnit, _job);
        int total = 0;
        for (int i = 0; i < count; i++) total += BitOperations.PopCount(_children.Pointer[i]);
        Resize(to, total);
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            for (int mask = _children.Pointer[i]; mask != 0; mask &= mask - 1)
            {
                int octant = BitOperations.TrailingZeroCount(mask);
                to.Keys.Pointer[next] = (from.Keys.Pointer[i] << 3) | (uint)octant;
                to.Origin.Pointer[next] = next;
                Hand(from.SourceCuts, i, octant, to.SourceCuts, next);
                if (!_job.Shared) Hand(from.TargetCuts, i, octant, to.TargetCuts, next);
                next++;
            }
        }
    }

    private static void Hand(NativeBuffer<int> from, int parent, int octant, NativeBuffer<int> to, int child)
    {
        int* cuts = from.Pointer + ((long)parent * SplitLevel.CutsANode) + octant;
        int* own = to.Pointer + ((long)child * SplitLevel.CutsANode);
        own[0] = cuts[0];
        own[8] = cuts[1];
    }

    private void Resize(SplitLevel level, int count)
    {
        level.Keys.Resize(count);
        level.Origin.Resize(count);
        level.SourceCuts.Resize(count * SplitLevel.CutsANode);
        level.TargetCuts.Resize(_job.Shared ? 0 : count * SplitLevel.CutsANode);
    }

    private sealed class CutJob : IJob
    {
        // Points of one cell of the deepest level stay together wherever their node is split, and in a box far smaller than what is around
        // it the derivatives of its expansion have lost their digits.
        private bool Coincide(in SortedKeys points, int first, int end) =>
            Settings!.UniformDepth is null && (end - first < 2 || points.Keys[first] == points.Keys[end - 1]);

        /// <summary>Whether a node with these rows of points is split.</summary>
        public bool Splits(ulong key, int level, int source, int sourceEnd, int target, int targetEnd)
        {
            int sources = sourceEnd - source, targets = targetEnd - target;
            if ((sources | targets) == 0) return false;
            if (level < LeastLevel) return true;
            bool coincide = Coincide(Sources, source, sourceEnd) && Coincide(Targets, target, targetEnd);
            if (Cells is not null && Cells.IsCut(key, level))
            {
                NodeTotals all = Cells.Totals(key, level);
                (sources, targets, coincide) = ((int)Math.Min(all.Sources, int.MaxValue), (int)Math.Min(all.Targets, int.MaxValue), all.Coincide);
            }

            return level < NarrowestLevel && Settings!.Splits(level, sources, targets) && !coincide;
        }

        public RankCells? Cells;
        public TreeSettings? Settings;
        public SplitLevel? Split;
        public SortedKeys Sources;
        public SortedKeys Targets;
        public byte* Children;
        public int Level;
        public int LeastLevel;
        public int NarrowestLevel;
        public bool Shared;

        public void Execute(int unit, int worker)
        {
            SplitLevel split = Split!;
            for (int i = unit * NodesAUnit, end = Math.Min(split.Count, i + NodesAUnit); i < end; i++)
            {
                ulong key = split.Keys.Pointer[i];
                int* sources = split.SourceCuts.Pointer + ((long)i * SplitLevel.CutsANode);
                Sources.Cut(key, Level, sources);
                int* targets = sources;
                if (!Shared)
                {
                    targets = split.TargetCuts.Pointer + ((long)i * SplitLevel.CutsANode);
                    Targets.Cut(key, Level, targets);
                }

                int mask = 0;
                for (int octant = 0; octant < 8; octant++)
                {
                    bool splits = Splits((key << 3) | (uint)octant, Level + 1, sources[octant], sources[octant + 1], targets[octant], targets[octant + 1]);
                    mask |= splits ? 1 << octant : 0;
                }

                Children[i] = (byte)mask;
            }
        }
    }
}

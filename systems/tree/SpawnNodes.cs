using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Creates the nodes as rows, an archetype a level: the root, then for every split node its octet of children with key, links, ranges of
/// points and what these say of <see cref="Occupancy"/>. Levels that an earlier, deeper tree used are emptied and keep their room.
/// </summary>
/// <param name="world">The world, with the resources <see cref="PointRows"/>, <see cref="SplitSets"/>, <see cref="TreeLayout"/> and <see cref="TreeShape"/>.</param>
public sealed unsafe class SpawnNodes(World world) : TreeSystem(world)
{
    private const int OctetsAUnit = 64;
    private readonly NativeBuffer<int> _occupied = new(world.Ledger, "spawn.occupied");
    private readonly Archetype?[] _used = new Archetype?[Morton.MaxLevel + 1];
    private readonly OctetJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .Union(PointKeys.Access).ReadResource<SplitSets>().ReadResource<TreeLayout>().WriteResource<TreeShape>()
        .Create(World.Resource<TreeLayout>().Nodes.Signature);

    /// <inheritdoc/>
    protected override void Build()
    {
        PointKeys points = PointKeys.Of(World);
        SplitSets splits = World.Resource<SplitSets>();
        RowLayout layout = World.Resource<TreeLayout>().Nodes;
        TreeShape shape = World.Resource<TreeShape>();
        _job.Sources = points.Sources;
        _job.Targets = points.Targets;
        _job.Shared = points.Shared;
        SpawnRoot(layout, shape);
        int depth = splits.Depth;
        int occupied = (_job.Sources.Count | _job.Targets.Count) != 0 ? 1 : 0;
        int inner = 0;
        for (int level = 1; level <= depth; level++)
        {
            SplitLevel above = splits[level - 1];
            Archetype nodes = _used[level] ??= layout.Rows(World, level);
            layout.SetCount(nodes, 8 * above.Count);
            occupied += SpawnOctets(above, level > 1 ? splits[level - 2] : null, _used[level - 1]!.Chunk, nodes.Chunk, level);
            inner += above.Count;
            shape.Assign(level, above.Count);
        }

        for (int level = depth + 1; level <= Morton.MaxLevel; level++) _used[level]?.SetCount(0);
        shape.Count(occupied, occupied - inner);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _occupied.Dispose();
        base.Dispose();
    }

    private void SpawnRoot(RowLayout layout, TreeShape shape)
    {
        Archetype root = _used[0] ??= layout.Rows(World, 0);
        layout.SetCount(root, 1);
        Chunk chunk = root.Chunk;
        chunk.Write<NodeKey>()[0] = default;
        chunk.Write<NodeLinks>()[0] = new NodeLinks { Parent = -1, FirstChild = -1 };
        chunk.Write<SourceRange>()[0] = new SourceRange { Start = 0, Count = _job.Sources.Count };
        chunk.Write<TargetRange>()[0] = new TargetRange { Start = 0, Count = _job.Targets.Count };
        chunk.Write<Occupancy>()[0] = new Occupancy { Sources = _job.Sources.Count != 0, Targets = _job.Targets.Count != 0 };
        shape.Assign(0, 0);
    }

    private int SpawnOctets(SplitLevel split, SplitLevel? parents, Chunk from, Chunk to, int level)
    {
        int units = (split.Count + OctetsAUnit - 1) / OctetsAUnit;
        _occupied.Resize(units);
        _job.Occupied = _occupied.Pointer;
        _job.Split = split;
        _job.Parents = parents;
        _job.Level = level;
        _job.FromLinks = from.WritePointer<NodeLinks>();
        _job.FromSources = from.WritePointer<SourceRange>();
        _job.FromTargets = from.WritePointer<TargetRange>();
        _job.Keys = to.WritePointer<NodeKey>();
        _job.Links = to.WritePointer<NodeLinks>();
        _job.ToSources = to.WritePointer<SourceRange>();
        _job.ToTargets = to.WritePointer<TargetRange>();
        _job.Holds = to.WritePointer<Occupancy>();
        Jobs.For(units, _job);
        int occupied = 0;
        for (int i = 0; i < units; i++) occupied += _occupied.Pointer[i];
        return occupied;
    }

    private sealed class OctetJob : IJob
    {
        public SplitLevel? Split;
        public SplitLevel? Parents;
        public SortedKeys Sources;
        public SortedKeys Targets;
        public NodeLinks* FromLinks;
        public SourceRange* FromSources;
        public TargetRange* FromTargets;
        public NodeKey* Keys;
        public NodeLinks* Links;
        public SourceRange* ToSources;
        public TargetRange* ToTargets;
        public Occupancy* Holds;
        public int* Occupied;
        public int Level;
        public bool Shared;

        public void Execute(int unit, int worker)
        {
            SplitLevel split = Split!;
            int start = unit * OctetsAUnit;
            int end = Math.Min(split.Count, start + OctetsAUnit);
            int* sources = stackalloc int[SplitLevel.CutsANode];
            int* targets = stackalloc int[SplitLevel.CutsANode];

            // The k-th split node's row follows from its parent's place among the split nodes above; both runs ascend, so one search a unit.
            int parent = Parents is null ? 0 : SortedKeys.LowerBound(Parents.Keys.Pointer, 0, Parents.Count, split.Keys.Pointer[start] >> 3);
            int occupied = 0;
            for (int octet = start; octet < end; octet++)
            {
                ulong key = split.Keys.Pointer[octet];
                while (Parents is not null && Parents.Keys.Pointer[parent] != key >> 3) parent++;
                int row = Parents is null ? 0 : (8 * parent) + (int)(key & 7);
                FromLinks[row].FirstChild = 8 * octet;
                Cuts(Sources, split.SourceCuts, split.Origin.Pointer[octet], key, FromSources[row].Start, FromSources[row].Count, sources);
                if (!Shared)
                    Cuts(Targets, split.TargetCuts, split.Origin.Pointer[octet], key, FromTargets[row].Start, FromTargets[row].Count, targets);

                occupied += Write(octet, key, row, sources, Shared ? sources : targets);
            }

            Occupied[unit] = occupied;
        }

        private void Cuts(in SortedKeys points, NativeBuffer<int> known, int origin, ulong key, int start, int count, int* cuts)
        {
            if (origin >= 0)
            {
                new Span<int>(known.Pointer + ((long)origin * SplitLevel.CutsANode), SplitLevel.CutsANode).CopyTo(new Span<int>(cuts, SplitLevel.CutsANode));
                return;
            }

            cuts[0] = start;
            cuts[8] = start + count;
            points.Cut(key, Level - 1, cuts);
        }

        private int Write(int octet, ulong key, int parent, int* sources, int* targets)
        {
            int occupied = 0;
            for (int octant = 0; octant < 8; octant++)
            {
                int row = (8 * octet) + octant;
                Keys[row].Value = (key << 3) | (uint)octant;
                Links[row] = new NodeLinks { Parent = parent, FirstChild = -1 };
                ToSources[row] = new SourceRange { Start = sources[octant], Count = sources[octant + 1] - sources[octant] };
                ToTargets[row] = new TargetRange { Start = targets[octant], Count = targets[octant + 1] - targets[octant] };
                Holds[row] = new Occupancy { Sources = ToSources[row].Count != 0, Targets = ToTargets[row].Count != 0 };
                occupied += Holds[row].Any ? 1 : 0;
            }

            return occupied;
        }
    }
}

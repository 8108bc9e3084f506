using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Builds the U lists: for every leaf with targets the leaves with sources that touch it, one level up, at its own level and one level down;
/// and, of its textbook W and X lists, what acts directly: finer leaves of few sources, and coarser leaves where the leaf itself has few
/// targets (<see cref="OctetMasks"/>). Lists are counted, placed by a running sum, and filled, so that no unit waits for another.
/// </summary>
/// <param name="world">The world, with the resources <see cref="TreeShape"/>, <see cref="OctetLinks"/> and <see cref="ListStore"/>.</param>
public sealed unsafe class BuildNearLists(World world) : TreeSystem(world)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, Occupancy, UList>();
    private readonly NodeRows _rows = new();
    private readonly ListJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .Gather(in _nodes).Write<UList>().ReadResource<TreeShape>().ReadResource<OctetLinks>().WriteResource<ListStore>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        NativeBuffer<ListMember> store = World.Resource<ListStore>().U;
        _job.Shape = shape;
        _rows.Read(World.Query(in _nodes));
        _job.Tree.Read(_rows, World.Resource<OctetLinks>());
        _job.Lists.Write(_rows);
        CountRoot(shape);
        _job.Fill = false;
        Jobs.For(shape.RunCount, _job);
        store.Resize(Place(shape));
        _job.Store = store.Pointer;
        _job.Fill = true;
        if (store.Length > 0 && shape.Depth == 0) store.Pointer[0] = new ListMember(0, 0);
        Jobs.For(shape.RunCount, _job);
    }

    /// <summary>A root that is a leaf has itself alone; there are no octets then.</summary>
    private void CountRoot(TreeShape shape)
    {
        Occupancy root = *_job.Tree.Holds[0];
        _job.Lists[0][0].Count = shape.Depth == 0 && root.Sources && root.Targets ? 1 : 0;
    }

    private int Place(TreeShape shape)
    {
        long total = 0;
        for (int level = 0; level <= shape.Depth; level++)
        {
            UList* lists = _job.Lists[level];
            for (int row = 0, rows = shape.RowCount(level); row < rows; row++)
            {
                lists[row].Start = (int)total;
                total += lists[row].Count;
            }
        }

        return checked((int)total);
    }

    private sealed class ListJob : IJob
    {
        public readonly TreeLevels Tree = new();
        public readonly LevelColumn<UList> Lists = new();
        public TreeShape? Shape;
        public ListMember* Store;
        public bool Fill;

        public void Execute(int unit, int worker)
        {
            OctetRun run = Shape!.Run(unit);
            Neighbourhood around = default;
            for (int octet = run.Start; octet < run.End; octet++)
            {
                int leaves = Tree.Masks[run.Level][octet].TargetLeaves, fewTargets = Tree.Masks[run.Level][octet].FewTargets;
                UList* lists = Lists[run.Level] + (8L * octet);
                if (leaves != 0)
                {
                    around.Read(Tree.Colleagues[run.Level] + ((long)octet * Morton.Directions), Tree.Holds[run.Level - 1], Fill);
                    if (Shape.Repeats && Fill) around.Place(Shape, Tree.Keys[run.Level][8L * octet].Value >> 3, run.Level - 1);
                }

                for (int octant = 0; octant < 8; octant++)
                {
                    bool leaf = ((leaves >> octant) & 1) != 0, few = ((fewTargets >> octant) & 1) != 0;
                    if (!Fill)
                    {
                        lists[octant].Count = leaf ? Count(around, run.Level, octant, few) : 0;
                    }
                    else if (leaf)
                    {
                        Write(around, run.Level, octant, few, Store + lists[octant].Start);
                    }
                }
            }
        }

        private int Count(in Neighbourhood around, int level, int octant, bool few)
        {
            int count = 0;
            for (int i = 0; i < around.LeafCount; i++) count += few || OctetAdjacency.Near(octant, around.LeafDirection(i)) != 0 ? 1 : 0;
            for (int i = 0; i < around.OctetCount; i++)
            {
                int near = OctetAdjacency.Near(octant, around.OctetDirection(i));
                OctetMasks masks = Tree.Masks[level][around.Octet(i)];
                count += BitOperations.PopCount((uint)(near & masks.SourceLeaves));
                for (int split = near & masks.Split; split != 0; split &= split - 1)
                    count += BitOperations.PopCount((uint)Finer(around, level, octant, i, BitOperations.TrailingZeroCount(split), out _));
            }

            return count;
        }

        private void Write(in Neighbourhood around, int level, int octant, bool few, ListMember* members)
        {
            for (int i = 0; i < around.LeafCount; i++)
                if (few || OctetAdjacency.Near(octant, around.LeafDirection(i)) != 0) *members++ = new(around.Leaf(i), level - 1, around.LeafImage(i));

            for (int i = 0; i < around.OctetCount; i++)
            {
                int near = OctetAdjacency.Near(octant, around.OctetDirection(i)) & Tree.Masks[level][around.Octet(i)].SourceLeaves;
                for (; near != 0; near &= near - 1) *members++ = new((8 * around.Octet(i)) + BitOperations.TrailingZeroCount(near), level, around.OctetImage(i));
            }

            for (int i = 0; i < around.OctetCount; i++)
            {
                int split = OctetAdjacency.Near(octant, around.OctetDirection(i)) & Tree.Masks[level][around.Octet(i)].Split;
                for (; split != 0; split &= split - 1)
                {
                    int finer = Finer(around, level, octant, i, BitOperations.TrailingZeroCount(split), out int first);
                    for (; finer != 0; finer &= finer - 1) *members++ = new(first + BitOperations.TrailingZeroCount(finer), level + 1, around.OctetImage(i));
                }
            }
        }

        // Children of a split colleague: those that touch, which balance makes leaves where they have points, and leaves of few sources.
        private int Finer(in Neighbourhood around, int level, int octant, int index, int other, out int first)
        {
            first = Tree.Links[level][(8 * around.Octet(index)) + other].FirstChild;
            int direction = OctetAdjacency.Direction(octant, around.OctetDirection(index), other);
            OctetMasks children = Tree.Masks[level + 1][first >> 3];
            return (OctetAdjacency.Touching(direction) & children.SourceLeaves) | children.FewSources;
        }
    }
}

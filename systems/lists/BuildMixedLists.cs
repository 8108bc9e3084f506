using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Builds the W lists of leaves (children of colleagues that do not touch them) and the X lists of all nodes (leaves that touch the parent
/// only), without the pairs that stand in U lists because a leaf holds few points (<see cref="OctetMasks"/>). Both are empty in a uniform
/// tree. Counted, placed by a running sum, then filled.
/// </summary>
/// <param name="world">The world, with the resources <see cref="TreeShape"/>, <see cref="OctetLinks"/> and <see cref="MixedStore"/>.</param>
public sealed unsafe class BuildMixedLists(World world) : TreeSystem(world)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, Occupancy>().WithAll<WList, XList>();
    private readonly NodeRows _rows = new();
    private readonly MixedJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .Gather(in _nodes).Write<WList>().Write<XList>().ReadResource<TreeShape>().ReadResource<OctetLinks>().WriteResource<MixedStore>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        MixedStore store = World.Resource<MixedStore>();
        _job.Shape = shape;
        _rows.Read(World.Query(in _nodes));
        _job.Tree.Read(_rows, World.Resource<OctetLinks>());
        _job.W.Write(_rows);
        _job.X.Write(_rows);
        _job.W[0][0].Count = 0;
        _job.X[0][0].Count = 0;
        _job.Fill = false;
        Jobs.For(shape.RunCount, _job);
        Place(shape, store);
        _job.StoreW = store.W.Pointer;
        _job.StoreX = store.X.Pointer;
        _job.Fill = true;
        if (store.W.Length + store.X.Length > 0) Jobs.For(shape.RunCount, _job);
    }

    private void Place(TreeShape shape, MixedStore store)
    {
        long w = 0;
        long x = 0;
        for (int level = 0; level <= shape.Depth; level++)
        {
            for (int row = 0, rows = shape.RowCount(level); row < rows; row++)
            {
                _job.W[level][row].Start = (int)w;
                w += _job.W[level][row].Count;
                _job.X[level][row].Start = (int)x;
                x += _job.X[level][row].Count;
            }
        }

        store.W.Resize(checked((int)w));
        store.X.Resize(checked((int)x));
    }

    private sealed class MixedJob : IJob
    {
        public readonly TreeLevels Tree = new();
        public readonly LevelColumn<WList> W = new();
        public readonly LevelColumn<XList> X = new();
        public TreeShape? Shape;
        public ListMember* StoreW;
        public ListMember* StoreX;
        public bool Fill;

        public void Execute(int unit, int worker)
        {
            OctetRun run = Shape!.Run(unit);
            Neighbourhood around = default;
            for (int octet = run.Start; octet < run.End; octet++)
            {
                OctetMasks masks = Tree.Masks[run.Level][octet];
                if (masks.Targets != 0)
                {
                    around.Read(Tree.Colleagues[run.Level] + ((long)octet * Morton.Directions), Tree.Holds[run.Level - 1], Fill);
                    if (Shape.Repeats && Fill) around.Place(Shape, Tree.Keys[run.Level][8L * octet].Value >> 3, run.Level - 1);
                }

                WList* w = W[run.Level] + (8L * octet);
                XList* x = X[run.Level] + (8L * octet);
                for (int octant = 0; octant < 8; octant++)
                {
                    bool leaf = ((masks.TargetLeaves >> octant) & 1) != 0;
                    bool target = ((masks.Targets & ~masks.FewTargets) >> octant & 1) != 0;
                    if (!Fill)
                    {
                        w[octant].Count = leaf ? FindW(around, run.Level, octant, null) : 0;
                        x[octant].Count = target ? FindX(around, run.Level, octant, null) : 0;
                        continue;
                    }

                    if (w[octant].Count > 0) FindW(around, run.Level, octant, StoreW + w[octant].Start);
                    if (x[octant].Count > 0) FindX(around, run.Level, octant, StoreX + x[octant].Start);
                }
            }
        }

        private int FindW(in Neighbourhood around, int level, int octant, ListMember* members)
        {
            int count = 0;
            for (int i = 0; i < around.OctetCount; i++)
            {
                int octet = around.Octet(i);
                int split = OctetAdjacency.Near(octant, around.OctetDirection(i)) & Tree.Masks[level][octet].Split;
                for (; split != 0; split &= split - 1)
                {
                    int other = BitOperations.TrailingZeroCount(split);
                    int direction = OctetAdjacency.Direction(octant, around.OctetDirection(i), other);
                    int first = Tree.Links[level][(8 * octet) + other].FirstChild;
                    OctetMasks children = Tree.Masks[level + 1][first >> 3];
                    int apart = children.Sources & ~children.FewSources & ~OctetAdjacency.Touching(direction);
                    count += BitOperations.PopCount((uint)apart);
                    for (; members is not null && apart != 0; apart &= apart - 1) *members++ = new(first + BitOperations.TrailingZeroCount(apart), level + 1, around.OctetImage(i));
                }
            }

            return count;
        }

        private static int FindX(in Neighbourhood around, int level, int octant, ListMember* members)
        {
            int count = 0;
            for (int i = 0; i < around.LeafCount; i++)
            {
                if (OctetAdjacency.Near(octant, around.LeafDirection(i)) == 0)
                {
                    count++;
                    if (members is not null) *members++ = new(around.Leaf(i), level - 1, around.LeafImage(i));
                }
            }

            return count;
        }
    }
}

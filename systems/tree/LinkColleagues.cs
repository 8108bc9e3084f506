using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds for every octet of siblings what stands around it (<see cref="OctetLinks"/>): for the parent's 27 directions the octet of that
/// neighbour's children, or the neighbour itself where it is a leaf, and for each octet which of its nodes hold what. Goes from the root
/// down, since a neighbour of a node is a child of the parent or of one of the parent's neighbours: each link is a look-up in the row
/// of the level above, without search or hash.
/// </summary>
/// <param name="world">The world, with the resources <see cref="TreeShape"/>, <see cref="TreeSettings"/> and <see cref="OctetLinks"/>.</param>
public sealed unsafe class LinkColleagues(World world) : TreeSystem(world)
{
    private const int OctetsAUnit = 128;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, Occupancy, SourceRange, TargetRange>().WithAll<NodeKey>();
    private readonly NodeRows _rows = new();
    private readonly LinkJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched => new Access().Gather(in _nodes).ReadResource<TreeShape>().ReadResource<TreeSettings>().WriteResource<OctetLinks>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        OctetLinks links = World.Resource<OctetLinks>();
        _job.Shape = shape;
        _job.DirectPoints = World.Resource<TreeSettings>().DirectPoints;
        for (int level = 1; level <= Morton.MaxLevel; level++)
        {
            int octets = shape.OctetCount(level);
            links.Colleagues(level).Resize(octets * Morton.Directions);
            links.Masks(level).Resize(octets);
        }
        _rows.Read(World.Query(in _nodes));
        for (int level = 1; level <= _rows.Depth; level++) Link(_rows[level - 1], _rows[level], links);
    }

    private void Link(Chunk above, Chunk nodes, OctetLinks links)
    {
        int level = nodes.Level, octets = nodes.Count / 8;
        TreeShape shape = _job.Shape!;
        _job.Octets = octets;
        _job.AboveLevel = level - 1;
        _job.AboveRows = above.Count;
        _job.AboveKeys = above.ReadPointer<NodeKey>();
        _job.AboveColleagues = level > (shape.Repeats ? shape.WholeLevel + 1 : 1) ? links.Colleagues(level - 1).Pointer : null;
        _job.AboveLinks = above.ReadPointer<NodeLinks>();
        _job.AboveHolds = above.ReadPointer<Occupancy>();
        _job.Links = nodes.ReadPointer<NodeLinks>();
        _job.Sources = nodes.ReadPointer<SourceRange>();
        _job.Targets = nodes.ReadPointer<TargetRange>();
        _job.Holds = nodes.ReadPointer<Occupancy>();
        _job.Colleagues = links.Colleagues(level).Pointer;
        _job.Masks = links.Masks(level).Pointer;
        Jobs.For((octets + OctetsAUnit - 1) / OctetsAUnit, _job);
    }

    private sealed class LinkJob : IJob
    {
        public TreeShape? Shape;
        public int AboveLevel;
        public int AboveRows;
        public NodeKey* AboveKeys;
        public int* AboveColleagues;
        public NodeLinks* AboveLinks;
        public Occupancy* AboveHolds;
        public NodeLinks* Links;
        public SourceRange* Sources;
        public TargetRange* Targets;
        public Occupancy* Holds;
        public int* Colleagues;
        public OctetMasks* Masks;
        public int Octets;
        public int DirectPoints;

        public void Execute(int unit, int worker)
        {
            for (int octet = unit * OctetsAUnit, end = Math.Min(Octets, octet + OctetsAUnit); octet < end; octet++)
            {
                Mask(octet);
                int* own = Colleagues + ((long)octet * Morton.Directions);
                int parent = Links[8 * octet].Parent;
                for (int direction = 0; direction < Morton.Directions; direction++)
                    own[direction] = AboveColleagues is not null ? Colleague(parent, direction) : AcrossWalls(parent, direction);

                own[13] = octet;
            }
        }

        // The parent's neighbour in a direction, one level above this octet's nodes. It stands in an octet that is a colleague of the
        // parent's octet; the parent's own octet is one of these.
        private int Colleague(int parent, int direction)
        {
            int octetDirection = OctetAdjacency.Step(parent & 7, direction, out int octant);
            int octet = AboveColleagues[((long)(parent >> 3) * Morton.Directions) + octetDirection];

            // There is none outside the box. Where the neighbour's parent is a leaf, it is two levels above this octet's nodes: balance
            // allows that only of a leaf without points.
            if (octet < 0) return OctetLinks.Absent;
            return Colleague((8 * octet) + octant);
        }

        // On the first level whose nodes fill a box that repeats, links begin: each is looked for among the few nodes of that level.
        private int AcrossWalls(int parent, int direction)
        {
            if (!Shape!.Repeats || AboveLevel < Shape.WholeLevel) return OctetLinks.Absent;
            if (!Shape.TryNeighbour(AboveKeys[parent].Value, AboveLevel, direction, out ulong neighbour, out _)) return OctetLinks.Absent;
            for (int row = 0; row < AboveRows; row++) if (AboveKeys[row].Value == neighbour) return Colleague(row);
            return OctetLinks.Absent;
        }

        private int Colleague(int row)
        {
            int first = AboveLinks[row].FirstChild;
            return first >= 0 ? first >> 3 : AboveHolds[row].Any ? OctetLinks.Leaf(row) : OctetLinks.Absent;
        }

        private void Mask(int octet)
        {
            int sources = 0, targets = 0, split = 0, fewSources = 0, fewTargets = 0;
            for (int octant = 0; octant < 8; octant++)
            {
                int row = (8 * octet) + octant, bit = 1 << octant;
                sources |= Holds[row].Sources ? bit : 0;
                targets |= Holds[row].Targets ? bit : 0;
                split |= Links[row].FirstChild >= 0 ? bit : 0;
                fewSources |= IsFew(Sources[row].Count) ? bit : 0;
                fewTargets |= IsFew(Targets[row].Count) ? bit : 0;
            }

            Masks[octet] = new OctetMasks
            {
                Sources = (byte)sources,
                Targets = (byte)targets,
                Split = (byte)split,
                FewSources = (byte)(fewSources & sources & ~split),
                FewTargets = (byte)(fewTargets & targets & ~split),
            };
        }

        // A leaf whose points are elsewhere has none here that could act directly.
        private bool IsFew(int points) => points > 0 && points <= DirectPoints;
    }
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Links every octet to its parent's 27 colleagues and their children, from the root down: a colleague of a node is a child of one of its
/// parent's colleagues, so each link is a look-up in the row above, without search or hash.
/// </summary>
/// <param name="world">The world, with the resources <see cref="TreeShape"/> and <see cref="OctetLinks"/>.</param>
public sealed unsafe class LinkColleagues(World world) : TreeSystem(world)
{
    private const int OctetsAUnit = 128;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, SourceRange, TargetRange>();
    private readonly NodeRows _rows = new();
    private readonly LinkJob _job = new();

    /// <inheritdoc/>
    protected override Access Touched => new Access().Gather(in _nodes).ReadResource<TreeShape>().WriteResource<OctetLinks>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        OctetLinks links = World.Resource<OctetLinks>();
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
        _job.Octets = octets;
        _job.AboveColleagues = level > 1 ? links.Colleagues(level - 1).Pointer : null;
        _job.AboveLinks = above.ReadPointer<NodeLinks>();
        _job.AboveSources = above.ReadPointer<SourceRange>();
        _job.AboveTargets = above.ReadPointer<TargetRange>();
        _job.Links = nodes.ReadPointer<NodeLinks>();
        _job.Sources = nodes.ReadPointer<SourceRange>();
        _job.Targets = nodes.ReadPointer<TargetRange>();
        _job.Colleagues = links.Colleagues(level).Pointer;
        _job.Masks = links.Masks(level).Pointer;
        Jobs.For((octets + OctetsAUnit - 1) / OctetsAUnit, _job);
    }

    private sealed class LinkJob : IJob
    {
        public int* AboveColleagues;
        public NodeLinks* AboveLinks;
        public SourceRange* AboveSources;
        public TargetRange* AboveTargets;
        public NodeLinks* Links;
        public SourceRange* Sources;
        public TargetRange* Targets;
        public int* Colleagues;
        public OctetMasks* Masks;
        public int Octets;

        public void Execute(int unit, int worker)
        {
            for (int octet = unit * OctetsAUnit, end = Math.Min(Octets, octet + OctetsAUnit); octet < end; octet++)
            {
                Mask(octet);
                int* own = Colleagues + ((long)octet * Morton.Directions);
                int parent = Links[8 * octet].Parent;
                for (int direction = 0; direction < Morton.Directions; direction++)
                    own[direction] = AboveColleagues is null ? OctetLinks.Absent : Colleague(parent, direction);

                own[13] = octet;
            }
        }

        private int Colleague(int parent, int direction)
        {
            int step = OctetAdjacency.Step(parent & 7, direction, out int octant);
            int octet = AboveColleagues[((long)(parent >> 3) * Morton.Directions) + step];

            // No octet there: outside, or a leaf two levels above this octet's nodes, which balance allows only where there are no points.
            if (octet < 0) return OctetLinks.Absent;
            int row = (8 * octet) + octant;
            int first = AboveLinks[row].FirstChild;
            return first >= 0 ? first >> 3 : (AboveSources[row].Count | AboveTargets[row].Count) == 0 ? OctetLinks.Absent : -2 - row;
        }

        private void Mask(int octet)
        {
            int sources = 0, targets = 0, split = 0;
            for (int octant = 0; octant < 8; octant++)
            {
                int row = (8 * octet) + octant;
                sources |= Sources[row].Count != 0 ? 1 << octant : 0;
                targets |= Targets[row].Count != 0 ? 1 << octant : 0;
                split |= Links[row].FirstChild >= 0 ? 1 << octant : 0;
            }

            Masks[octet] = new OctetMasks { Sources = (byte)sources, Targets = (byte)targets, Split = (byte)split };
        }
    }
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Tells for each of this rank's points what it costs, from the lists that the tree has: its pairs of the near field, its share of its leaf's and its ancestors'
/// translations, each with the time that the cost model knows. The next tree is cut between ranks by it.
/// </summary>
public sealed unsafe class MeasureWork : TreeSystem
{
    private static readonly QueryDescription _nodes = NearLists.Nodes.WithAll<NodeLinks, TargetRange>().WithAll<WList, XList>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();
    private readonly NodeRows _rows = new();
    private readonly NearLists _near = new();
    private readonly NodeNumbers _numbers = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<TargetRange> _ranges = new();
    private readonly LevelColumn<WList> _finer = new();
    private readonly LevelColumn<XList> _coarser = new();
    private readonly NativeBuffer<double> _each;
    private readonly RankLink _link;
    private readonly double _pair, _member, _mixed, _octet, _octetPair, _leaf, _source, _target;
    private readonly int _surface;
    private TreeShape? _shape;

    internal MeasureWork(World world, RankLink link, CostModel model, ExpansionSizes expansion, bool mutual)
        : base(world)
    {
        _link = link;
        _surface = expansion.Surface.Count;
        _pair = model.Near(new TreeCounts { NearPairs = 1 }, mutual);
        _member = model.Near(new TreeCounts { NearMembers = 1 }, mutual);
        _mixed = model.Far(new TreeCounts { MixedPairs = 1 }, 0, 0);
        _octet = model.Far(new TreeCounts { Octets = 1 }, 0, 0);
        _octetPair = model.Far(new TreeCounts { OctetPairs = 1 }, 0, 0);
        _leaf = model.Far(new TreeCounts { Leaves = 1 }, 0, 0);
        _source = model.Far(default, 1, 0);
        _target = model.Far(default, 0, 1);
        _each = new NativeBuffer<double>(world.Ledger, "ranks: work of nodes");
    }

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access()
        .Gather(in _nodes).Read(in _targets).ReadResource<TreeShape>().ReadResource<PointRows>().ReadResource<PointInput>().ReadResource<ListStore>().ReadResource<MixedStore>()
        .ReadResource<OctetTable>().WriteResource<RankLink>();

    /// <inheritdoc/>
    protected override void Build()
    {
        _shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        _near.Read(_rows, World.Resource<ListStore>());
        _numbers.Read(_rows);
        _links.Read(_rows);
        _ranges.Read(_rows);
        _finer.Read(_rows);
        _coarser.Read(_rows);
        PointRows points = World.Resource<PointRows>();
        _each.Resize(_shape.TotalRows);
        _each.Clear();
        _link.Work.Resize(points.Targets);
        _link.Work.Clear();
        ShareOctets(World.Resource<OctetTable>());
        double point = _target + (points.Shared ? _source : 0), total = points.Shared ? 0 : points.Sources * _source;
        for (int level = 0; level <= _shape.Depth; level++)
        {
            for (int row = 0; row < _shape.RowCount(level); row++)
            {
                TargetRange range = _ranges[level][row];
                if (range.Count == 0) continue;
                double each = _each.Pointer[_numbers[level] + row];
                if (!_links[level][row].IsLeaf)
                {
                    for (int child = 0, first = _numbers[level + 1] + _links[level][row].FirstChild; child < 8; child++) _each.Pointer[first + child] += each;
                    continue;
                }

                each += point + (Leaf(level, row, range.Count, points) / range.Count);
                total += each * range.Count;
                _link.Work.Span.Slice(range.Start, range.Count).Fill((float)each);
            }
        }

        _link.TotalWork = total;
        PointInput input = World.Resource<PointInput>();
        InputIndex* index = SortedPoints.Of(World.Query(in _targets)).ReadPointer<InputIndex>();
        _link.Curve.Note(_link.Work.Span[..points.NodeTargets], index, (input.Shared ? input.Sources : input.Targets).Pointer, _source);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _each.Dispose();
        base.Dispose();
    }

    // What the octets of a level cost, to the points of their parents.
    private void ShareOctets(OctetTable table)
    {
        for (int level = 1; level <= _shape!.Depth; level++)
        {
            int* neighbours = table.Neighbours(level).Pointer;
            for (int row = 0; row < _shape.RowCount(level - 1); row++)
            {
                int first = _links[level - 1][row].FirstChild, points = _ranges[level - 1][row].Count;
                if (first < 0 || points == 0) continue;
                double cost = level > _shape.FirstFarLevel ? _octet : 0;
                for (int slot = 0; level >= _shape.FirstFarLevel && slot < OctetTable.NeighboursAnOctet; slot++)
                    if (neighbours[((nint)(first / 8) * OctetTable.NeighboursAnOctet) + slot] >= 0) cost += _octetPair;
                for (int child = first; child < first + 8; child++) cost += _mixed * _surface * Sources(_coarser[level][child]);
                _each.Pointer[_numbers[level - 1] + row] += cost / points;
            }
        }
    }

    private double Leaf(int level, int row, int targets, PointRows points)
    {
        double pairs = 0, members = 0;
        for (NearLists.Members member = _near.Of(level, row); member.Next(); members++)
        {
            SourceRange range = member.Sources;
            // A pair with a ghost is evaluated on both ranks.
            pairs += points.Shared && range.Start >= points.Sources ? 2.0 * range.Count : range.Count;
        }

        return (pairs * targets * _pair) + (members * _member) + (_finer[level][row].Count * (double)_surface * targets * _mixed) + (level >= _shape!.FirstFarLevel ? _leaf : 0);
    }

    private double Sources(XList list)
    {
        double sources = 0;
        ListMember* members = World.Resource<MixedStore>().X.Pointer;
        for (int i = list.Start; i < list.End; i++) sources += _near.Sources[members[i].Level][members[i].Row].Count;
        return sources;
    }
}

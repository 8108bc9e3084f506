using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Asks other ranks for the multipoles that this rank's lists name: it knows its V and W lists, and so asks for no more. M2L takes whole octets, so that of an octet all
/// nodes with sources are asked for: the sums are those of one rank alone, to the last bit.
/// </summary>
public sealed unsafe class RequestMultipoles : RankSystem
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, Occupancy, NodeRank>().WithAll<WList, TargetRange>();
    private readonly NativeBuffer<byte> _wanted;
    private readonly NodeRows _rows = new();
    private readonly NodeNumbers _numbers = new();
    private readonly NodeSearch _search = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<Occupancy> _holds = new();
    private readonly LevelColumn<NodeRank> _ranks = new();
    private readonly LevelColumn<WList> _finer = new();
    private TreeShape? _shape;

    internal RequestMultipoles(World world, RankLink link)
        : base(world, link) => _wanted = new NativeBuffer<byte>(world.Ledger, "ranks: wanted multipoles");

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access()
        .Gather(in _nodes).ReadResource<TreeShape>().ReadResource<OctetTable>().ReadResource<MixedStore>();

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        _shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        _numbers.Read(_rows);
        _search.Read(_rows, Link.Cells.Rank);
        _keys.Read(_rows);
        _links.Read(_rows);
        _holds.Read(_rows);
        _ranks.Read(_rows);
        _finer.Read(_rows);
        _wanted.Resize(_shape.TotalRows);
        _wanted.Clear();
        WantLists();
        Link.Multipoles.Steps = FindSteps();
        Ask(Link.Multipoles.Whole, cut: false);
        Ask(Link.Multipoles.Cut, cut: true);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    private void WantLists()
    {
        OctetTable table = World.Resource<OctetTable>();
        ListMember* members = World.Resource<MixedStore>().W.Pointer;
        for (int level = _shape!.FirstFarLevel; level <= _shape.Depth; level++)
        {
            int* neighbours = table.Neighbours(level).Pointer;
            for (int octet = _shape.OwnStart(level); octet < _shape.OwnEnd(level); octet++)
            {
                bool isTarget = false;
                for (int row = 8 * octet; row < 8 * (octet + 1); row++)
                {
                    isTarget |= _holds[level][row].Targets;
                    WList list = _finer[level][row];
                    for (int i = list.Start; i < list.End; i++) Want(members[i].Level, members[i].Row);
                }

                for (int slot = 0; isTarget && slot < OctetTable.NeighboursAnOctet; slot++)
                {
                    int other = neighbours[((nint)octet * OctetTable.NeighboursAnOctet) + slot];
                    for (int row = 8 * other; other >= 0 && row < 8 * (other + 1); row++) Want(level, row);
                }
            }
        }

        // W lists of leaves above the first level of V lists; and all images act on all from one level.
        for (int level = 0; level < Math.Min(_shape.FirstFarLevel, _shape.Depth + 1); level++)
        {
            for (int row = 0; row < _shape.RowCount(level); row++)
            {
                WList list = _finer[level][row];
                for (int i = list.Start; i < list.End; i++) Want(members[i].Level, members[i].Row);
            }
        }

        if (_shape.Repeats && _shape.HasFarField && Link.Cells.HasCells(Link.Cells.Rank))
            for (int row = 0; row < _shape.RowCount(_shape.FirstFarLevel); row++) Want(_shape.FirstFarLevel, row);
    }

    private void Want(int level, int row)
    {
        if (_holds[level][row].Sources && _ranks[level][row].Value != Link.Cells.Rank) _wanted.Pointer[_numbers[level] + row] = 1;
    }

    private bool IsCut(int level, int row)
    {
        ulong key = _keys[level][row].Value;
        return Link.Cells.Owner(key, level) != Link.Cells.LastOwner(key, level);
    }

    // The nodes that this rank puts together hold its first cell behind their own and its last cell before it: one a level, a path of the tree.
    private CutStep[] FindSteps()
    {
        List<CutStep> steps = [];
        int own = Link.Cells.Rank;
        for (int level = _shape!.Depth - 1; level >= _shape.FirstFarLevel; level--)
        {
            for (int row = 0; row < _shape.RowCount(level); row++)
            {
                if (_ranks[level][row].Value != own || _links[level][row].IsLeaf || !_holds[level][row].Sources || !IsCut(level, row)) continue;
                int first = _links[level][row].FirstChild;
                for (int child = first; child < first + 8; child++)
                {
                    if (!_holds[level + 1][child].Sources || _ranks[level + 1][child].Value == own) continue;
                    if (IsCut(level + 1, child)) steps.Add(new CutStep(new NodePlace(level + 1, child), -1, _ranks[level + 1][child].Value, false));
                    else Want(level + 1, child);
                }

                steps.Add(new CutStep(new NodePlace(level, row), first / 8, -1, false));
                int parent = level > _shape.FirstFarLevel ? _ranks[level - 1][_links[level][row].Parent].Value : own;
                if (parent != own) steps.Add(new CutStep(new NodePlace(level, row), -1, parent, true));
            }
        }

        return [.. steps];
    }

    private void Ask(MultipoleRoute route, bool cut)
    {
        int ranks = Link.Ranks.Count;
        List<NodePlace>[] places = new List<NodePlace>[ranks];
        for (int rank = 0; rank < ranks; rank++) places[rank] = [];
        for (int level = 0; level <= _shape!.Depth; level++)
        {
            for (int row = 0; row < _shape.RowCount(level); row++)
                if (_wanted.Pointer[_numbers[level] + row] != 0 && IsCut(level, row) == cut) places[_ranks[level][row].Value].Add(new NodePlace(level, row));
        }

        route.ReceivedNodes = [.. places.SelectMany(one => one)];
        route.Received = [.. places.Select(one => (long)one.Count)];
        route.Sent = new long[ranks];
        route.SentNodes = _search.Ask(Link.Ranks, places, _keys, route.Sent);
    }
}

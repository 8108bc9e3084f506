using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Asks other ranks for the sources of those leaves that this rank's U and X lists name, and puts them behind its own points: ghosts, which act as any source
/// does and have no field here.
/// </summary>
public sealed unsafe class RequestSources : RankSystem
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, NodeRank>().WithAll<UList, XList>();
    private readonly NativeBuffer<byte> _wanted;
    private readonly NodeRows _rows = new();
    private readonly NodeNumbers _numbers = new();
    private readonly NodeSearch _search = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<SourceRange> _sources = new();
    private readonly LevelColumn<NodeRank> _ranks = new();
    private readonly LevelColumn<UList> _near = new();
    private readonly LevelColumn<XList> _coarser = new();

    internal RequestSources(World world, RankLink link)
        : base(world, link) => _wanted = new NativeBuffer<byte>(world.Ledger, "ranks: wanted sources");

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            TreeLayout layout = World.Resource<TreeLayout>();
            return new Access().Gather(in _nodes).Write<SourceRange>().ReadResource<TreeShape>().ReadResource<TreeLayout>().ReadResource<ListStore>().ReadResource<MixedStore>()
                .WriteResource<PointInput>().WriteResource<PointRows>().WriteResource<MortonKeys>().Create(layout.Shared.Signature).Create(layout.Sources.Signature);
        }
    }

    private protected override bool IsOfTree => true;

    /// <inheritdoc/>
    protected override void Tell()
    {
        TreeShape shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        _numbers.Read(_rows);
        _search.Read(_rows, Link.Cells.Rank);
        _keys.Read(_rows);
        _sources.Write(_rows);
        _ranks.Read(_rows);
        _near.Read(_rows);
        _coarser.Read(_rows);
        _wanted.Resize(shape.TotalRows);
        _wanted.Clear();
        Want(shape);
        List<NodePlace>[] places = Collect(shape);
        SendPoints(places, Ask(places));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    private void Want(TreeShape shape)
    {
        ListMember* near = World.Resource<ListStore>().U.Pointer, coarser = World.Resource<MixedStore>().X.Pointer;
        for (int level = 0; level <= shape.Depth; level++)
        {
            for (int row = 0; row < shape.RowCount(level); row++)
            {
                for (int i = _near[level][row].Start; i < _near[level][row].End; i++) Want(near[i]);
                for (int i = _coarser[level][row].Start; i < _coarser[level][row].End; i++) Want(coarser[i]);
            }
        }
    }

    private void Want(ListMember member)
    {
        if (_ranks[member.Level][member.Row].Value != Link.Cells.Rank) _wanted.Pointer[_numbers[member.Level] + member.Row] = 1;
    }

    // The wanted leaves by rank, with the places of their sources; others have none here.
    private List<NodePlace>[] Collect(TreeShape shape)
    {
        List<NodePlace>[] places = new List<NodePlace>[Link.Ranks.Count];
        for (int rank = 0; rank < places.Length; rank++) places[rank] = [];
        for (int level = 0; level <= shape.Depth; level++)
        {
            for (int row = 0; row < shape.RowCount(level); row++)
            {
                int rank = _ranks[level][row].Value;
                if (_wanted.Pointer[_numbers[level] + row] != 0) places[rank].Add(new NodePlace(level, row));
                else if (rank != Link.Cells.Rank && _sources[level][row].Start + (long)_sources[level][row].Count == int.MaxValue) _sources[level][row] = default;
            }
        }

        int start = World.Resource<PointRows>().Sources;
        foreach (NodePlace place in places.SelectMany(one => one))
        {
            ref SourceRange range = ref _sources[place.Level][place.Row];
            range.Start = start;
            start += range.Count;
        }

        return places;
    }

    // The rows of this rank's sources that others ask for.
    private long[] Ask(List<NodePlace>[] places)
    {
        long[] asked = new long[places.Length], sent = new long[places.Length];
        NodePlace[] theirs = _search.Ask(Link.Ranks, places, _keys, asked);
        List<int> rows = [];
        for (int rank = 0, at = 0; rank < asked.Length; rank++)
        {
            int before = rows.Count;
            for (long i = 0; i < asked[rank]; i++, at++)
            {
                SourceRange range = _sources[theirs[at].Level][theirs[at].Row];
                for (int row = range.Start; row < range.End; row++) rows.Add(row);
            }

            sent[rank] = rows.Count - before;
        }

        Link.Ghosts.Rows.Resize(rows.Count);
        rows.CopyTo(Link.Ghosts.Rows.Span);
        return sent;
    }

    private void SendPoints(List<NodePlace>[] places, long[] sent)
    {
        PointInput input = World.Resource<PointInput>();
        TreeLayout layout = World.Resource<TreeLayout>();
        RowLayout shape = input.Shared ? layout.Shared : layout.Sources;
        Archetype rows = shape.Rows(World);
        GhostTree ghosts = Link.Ghosts;
        int own = rows.Count;
        ghosts.Sent = sent;
        ghosts.Received = [.. places.Select(one => one.Sum(place => (long)_sources[place.Level][place.Row].Count))];
        ghosts.Points = checked((int)ghosts.Received.Sum());
        ReadOnlySpan<InputIndex> index = rows.Chunk.Read<InputIndex>();
        Position[] positions = new Position[ghosts.Rows.Length];
        for (int i = 0; i < positions.Length; i++) positions[i] = input.Sources.Pointer[ghosts.Rows.Pointer[i] = index[ghosts.Rows.Pointer[i]].Value];
        input.Sources.Resize(own + ghosts.Points, keep: true);
        fixed (Position* from = positions) Link.Ranks.Exchange(from, ghosts.Sent, input.Sources.Pointer + own, ghosts.Received, sizeof(Position));
        Extend(rows, shape, own, ghosts.Points);
        World.Resource<PointRows>().Extend(ghosts.Points);
    }

    // Ghosts stand behind this rank's own points. Rows made anew lose what they hold; keys were sorted from where they can stand meanwhile.
    private void Extend(Archetype rows, RowLayout shape, int own, int ghosts)
    {
        if (ghosts == 0) return;
        MortonKeys spare = World.Resource<MortonKeys>();
        spare.Sources.Resize(own);
        spare.Targets.Resize((own + 1) / 2);
        Span<InputIndex> kept = new(spare.Targets.Pointer, own);
        rows.Chunk.Read<PointKey>().CopyTo(new Span<PointKey>(spare.Sources.Pointer, own));
        rows.Chunk.Read<InputIndex>().CopyTo(kept);
        shape.SetCount(rows, own + ghosts);
        new ReadOnlySpan<PointKey>(spare.Sources.Pointer, own).CopyTo(rows.Chunk.Write<PointKey>());
        Span<InputIndex> index = rows.Chunk.Write<InputIndex>();
        kept.CopyTo(index);
        for (int i = own; i < own + ghosts; i++) index[i] = new InputIndex { Value = i };
        rows.Chunk.Write<PointKey>()[own..].Clear();
    }
}

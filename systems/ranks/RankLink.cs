using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Resource of a method over ranks: the ranks, whose cells are whose, the way of points to them and back, and what stands here of other ranks' trees. Systems
/// that tell other ranks something write it, so that the schedule keeps their order: it is the same on all ranks.
/// </summary>
internal sealed class RankLink : IDisposable
{
    private readonly List<RankMessage> _messages = [];
    private readonly List<(string System, RankTraffic Traffic)> _traffic = [];

    /// <summary>The link of a rank.</summary>
    /// <param name="ranks">The ranks, two or more.</param>
    /// <param name="ledger">The ledger of this rank's world.</param>
    public RankLink(IRanks ranks, Ledger ledger)
    {
        Ranks = ranks;
        Cells = new RankCells(ranks.Rank, ranks.Count);
        Sources = new RankRoute(ledger, "ranks: sources");
        Targets = new RankRoute(ledger, "ranks: targets");
        Ghosts = new GhostTree(ledger);
        Multipoles = new MultipoleRoutes(ledger);
        Sort = new RadixSort(ledger);
        Curve = new WorkCurve(ranks.Count);
        Work = new NativeBuffer<float>(ledger, "ranks: work of targets");
    }

    /// <summary>The ranks.</summary>
    public IRanks Ranks { get; }

    /// <summary>Which cells belong to which rank.</summary>
    public RankCells Cells { get; }

    /// <summary>The way of the given sources to the ranks that own their cells.</summary>
    public RankRoute Sources { get; }

    /// <summary>The way of the given targets; that of the sources where they are the same.</summary>
    public RankRoute Targets { get; }

    /// <summary>Sources that belong to no rank's cells.</summary>
    public RankOutliers SourceOutliers { get; } = new();

    /// <summary>Targets that belong to none.</summary>
    public RankOutliers TargetOutliers { get; } = new();

    /// <summary>Whether this rank sums what outliers do to each other: all have them all.</summary>
    public bool HasOutlierPairs => Ranks.Rank == 0;

    /// <summary>What stands here of other ranks' trees.</summary>
    public GhostTree Ghosts { get; }

    /// <summary>Whose multipoles go where.</summary>
    public MultipoleRoutes Multipoles { get; }

    /// <summary>Sorts points where they were given, and again where they belong: one after the other, in the same memory.</summary>
    public RadixSort Sort { get; }

    /// <summary>Work of each of this rank's targets in Morton order, in seconds of the cost model.</summary>
    public NativeBuffer<float> Work { get; }

    /// <summary>What a target costs along this rank's part of the curve.</summary>
    public WorkCurve Curve { get; }

    /// <summary>Whether some number of this rank's field is none; the ranks that were given its targets tell which.</summary>
    public bool HasWrongField { get; set; }

    /// <summary>The potential energy of all ranks' points in the last update's field, for kernels that have one.</summary>
    public double? Energy { get; set; }

    /// <summary>What all points of this rank cost together.</summary>
    public double TotalWork { get; set; }

    /// <summary>The most points of a leaf at whose edges the borders lie: no leaf may hold more.</summary>
    public int MostPointsALeaf { get; set; } = int.MaxValue;

    /// <summary>The way of the fields' targets.</summary>
    public RankRoute Fields(bool shared) => shared ? Sources : Targets;

    /// <summary>Those of the fields' targets that are outliers.</summary>
    public RankOutliers FieldOutliers(bool shared) => shared ? SourceOutliers : TargetOutliers;

    /// <summary>What each system has sent and received in the last update, in the order in which they ran.</summary>
    public IReadOnlyList<(string System, RankTraffic Traffic)> Traffic => _traffic;

    /// <summary>Forgets the traffic of the update before.</summary>
    public void BeginTraffic() => _traffic.Clear();

    /// <summary>Tells other ranks something for a system, whose name its messages and what goes wrong with them have.</summary>
    /// <param name="system">The system.</param>
    /// <param name="tell">What it tells.</param>
    /// <exception cref="RankFailedException">A rank has failed, or did not come in time.</exception>
    public void Tell(string system, Action tell)
    {
        RankTraffic before = Ranks.Traffic;
        try
        {
            tell();
        }
        catch (RankFailedException fault) when (!fault.IsAgreed)
        {
            throw new RankFailedException($"In {system}: {fault.Message}", fault);
        }

        AddTraffic(system, Ranks.Traffic - before);
    }

    private void AddTraffic(string system, RankTraffic traffic)
    {
        for (int i = 0; i < _traffic.Count; i++)
        {
            if (_traffic[i].System != system) continue;
            _traffic[i] = (system, _traffic[i].Traffic + traffic);
            return;
        }

        _traffic.Add((system, traffic));
    }

    /// <summary>Begins to send and to receive what stands by rank.</summary>
    /// <param name="sent">Elements for each rank.</param>
    /// <param name="outgoing">What goes out; it stays as it is until all is done.</param>
    /// <param name="received">Elements from each rank.</param>
    /// <param name="incoming">Where they go.</param>
    /// <param name="elementBytes">The size of one.</param>
    /// <param name="tag">What it is.</param>
    public unsafe void Post(ReadOnlySpan<long> sent, void* outgoing, ReadOnlySpan<long> received, void* incoming, int elementBytes, int tag)
    {
        long from = 0, to = 0;
        for (int rank = 0; rank < received.Length; rank++)
        {
            if (received[rank] > 0) _messages.Add(Ranks.Receive((byte*)incoming + (to * elementBytes), received[rank], elementBytes, rank, tag));
            to += received[rank];
        }

        for (int rank = 0; rank < sent.Length; rank++)
        {
            if (sent[rank] > 0) _messages.Add(Ranks.Send((byte*)outgoing + (from * elementBytes), sent[rank], elementBytes, rank, tag));
            from += sent[rank];
        }
    }

    /// <summary>Adds a message to those under way.</summary>
    public void Post(RankMessage message) => _messages.Add(message);

    /// <summary>Waits for all that is under way.</summary>
    public void WaitForAll()
    {
        foreach (RankMessage message in _messages) Ranks.Wait(message);
        _messages.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sources.Dispose();
        Targets.Dispose();
        Ghosts.Dispose();
        Multipoles.Dispose();
        Sort.Dispose();
        Work.Dispose();
    }
}

using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>What was counted at one step of some ranks.</summary>
/// <param name="ranks">How many.</param>
internal sealed class RankStep(int ranks)
{
    private readonly RankReport[] _reports = new RankReport[ranks];
    private readonly long[] _moved = new long[ranks];
    private readonly long[] _ghosts = new long[ranks];

    /// <summary>Takes what a rank counted; ranks write to places of their own.</summary>
    public unsafe void Note(int rank, FmmMethod method)
    {
        int points = method.Input.Sources.Length;
        _reports[rank] = method.Link is null
            ? new RankReport(0, points, points, points, method.Tree.Shape.NodeCount, 0, 0, 1, method.World.Ledger.PeakBytes, []) : RankReport.Gather(method)[rank];
        if (method.Link is not RankLink link) return;
        _moved[rank] = points - link.Sources.Sent[rank];
        _ghosts[rank] = link.Ghosts.Sent.Sum() * sizeof(Position);
    }

    /// <summary>The largest work over the mean.</summary>
    public double Imbalance => RankReport.Imbalance(_reports);

    /// <summary>The mean work, in seconds of the cost model.</summary>
    public double Work => _reports.Average(one => one.Work);

    /// <summary>The most nodes with points of the rank's own.</summary>
    public long Nodes => _reports.Max(one => one.Nodes);

    /// <summary>The most nodes of others that stand with a rank.</summary>
    public long GhostNodes => _reports.Max(one => one.GhostNodes);

    /// <summary>The most sources of others that stand with a rank.</summary>
    public long GhostPoints => _reports.Max(one => one.GhostPoints);

    /// <summary>The most messages of a rank in a step with a new tree.</summary>
    public long Messages => _reports.Max(one => one.Messages);

    /// <summary>The most messages of a rank in a step whose points stand.</summary>
    public long StepMessages => Enumerable.Range(0, ranks).Max(rank => _reports[rank].Exchanges.Where(one => IsOfStep(one.System)).Sum(one => one.Messages));

    /// <summary>The share of the points that go to another rank than that which was given them.</summary>
    public double Moved => _moved.Sum() / (double)_reports.Sum(one => one.Given);

    /// <summary>Points on their way to their owners: the most bytes that a rank sends.</summary>
    public unsafe long PointBytes => _moved.Max() * sizeof(Position);

    /// <summary>What finds the borders: samples, and what all have in the nodes that borders cut.</summary>
    public unsafe long BorderBytes => Most(rank => Bytes(rank, nameof(PartitionPoints)) - (_moved[rank] * sizeof(Position)));

    /// <summary>Nodes that touch those of other ranks, and the names of what lists ask for.</summary>
    public long StructureBytes => Most(rank => Bytes(rank, nameof(FindGhosts), nameof(RequestMultipoles), nameof(RequestSources)) - _ghosts[rank]);

    /// <summary>Places of ghosts.</summary>
    public long GhostBytes => _ghosts.Max();

    /// <summary>Charges to the owners of their points.</summary>
    public long ChargeBytes => Most(rank => Bytes(rank, nameof(SendCharges)));

    /// <summary>Charges of ghosts.</summary>
    public long GhostChargeBytes => Most(rank => Bytes(rank, nameof(PostGhostCharges), nameof(AwaitGhostCharges)));

    /// <summary>Multipoles.</summary>
    public long MultipoleBytes => Most(rank => Bytes(rank, nameof(PostMultipoles), nameof(AwaitMultipoles)));

    /// <summary>Fields to where their points were given.</summary>
    public long FieldBytes => Most(rank => Bytes(rank, nameof(ReturnFields)));

    /// <summary>All that goes over the surfaces between ranks, in a step with a new tree.</summary>
    public long SurfaceBytes => Most(rank => Bytes(
        rank, nameof(FindGhosts), nameof(RequestMultipoles), nameof(RequestSources), nameof(PostGhostCharges), nameof(AwaitGhostCharges), nameof(PostMultipoles), nameof(AwaitMultipoles)));

    private static bool IsOfStep(string system) =>
        system is nameof(SendCharges) or nameof(PostGhostCharges) or nameof(AwaitGhostCharges) or nameof(PostMultipoles) or nameof(AwaitMultipoles) or nameof(ReturnFields);

    private long Most(Func<int, long> bytes) => Enumerable.Range(0, ranks).Max(bytes);

    private long Bytes(int rank, params ReadOnlySpan<string> systems)
    {
        long bytes = 0;
        foreach (RankExchange one in _reports[rank].Exchanges) if (systems.Contains(one.System)) bytes += one.BytesSent;
        return bytes;
    }
}

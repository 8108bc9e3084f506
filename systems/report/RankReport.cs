using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What fell to a rank in the last update.</summary>
/// <param name="Rank">The rank.</param>
/// <param name="Given">Targets that it was given.</param>
/// <param name="Sources">Sources in its cells.</param>
/// <param name="Targets">Targets in its cells.</param>
/// <param name="Nodes">Nodes that hold a point of its own.</param>
/// <param name="GhostNodes">Nodes of other ranks that stand there.</param>
/// <param name="GhostPoints">Sources of other ranks that stand there.</param>
/// <param name="Work">What its points cost, in seconds of one thread by the cost model, from exact counts of pairs and translations.</param>
/// <param name="MemoryBytes">Native memory of its world at the most.</param>
/// <param name="Exchanges">What it told the others, system by system.</param>
public sealed record RankReport(
    int Rank, long Given, long Sources, long Targets, long Nodes, long GhostNodes, long GhostPoints, double Work, long MemoryBytes, IReadOnlyList<RankExchange> Exchanges)
{
    /// <summary>Bytes that went out.</summary>
    public long BytesSent => Exchanges.Sum(one => one.BytesSent);

    /// <summary>Bytes that came in.</summary>
    public long BytesReceived => Exchanges.Sum(one => one.BytesReceived);

    /// <summary>Messages that went out.</summary>
    public long Messages => Exchanges.Sum(one => one.Messages);

    /// <summary>Seconds in which it waited for others.</summary>
    public double WaitingSeconds => Exchanges.Sum(one => one.WaitingSeconds);

    /// <summary>The largest work of a rank over the mean of all: 1 where all have the same.</summary>
    /// <param name="ranks">All ranks.</param>
    public static double Imbalance(IReadOnlyList<RankReport> ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        double mean = ranks.Count == 0 ? 0 : ranks.Average(one => one.Work);
        return mean == 0 ? 1 : ranks.Max(one => one.Work) / mean;
    }

    /// <summary>Brings the reports of all ranks to all.</summary>
    internal static RankReport[] Gather(FmmMethod method)
    {
        RankLink link = method.Link!;
        IRanks ranks = link.Ranks;
        IReadOnlyList<(string System, RankTraffic Traffic)> traffic = link.Traffic;
        const int Head = 9;
        double[] own = new double[Head + (4 * traffic.Count)], all = new double[own.Length * ranks.Count];
        double[] head =
        [
            method.Input.TargetCount, method.Tree.Points.NodeSources, method.Tree.Points.NodeTargets, method.Tree.Shape.NodeCount, link.Ghosts.Nodes, link.Ghosts.Points, link.TotalWork,
            method.World.Ledger.PeakBytes, 0,
        ];
        head.CopyTo(own, 0);
        for (int i = 0; i < traffic.Count; i++)
        {
            RankTraffic one = traffic[i].Traffic;
            (own[Head + (4 * i)], own[Head + (4 * i) + 1], own[Head + (4 * i) + 2], own[Head + (4 * i) + 3]) = (one.BytesSent, one.BytesReceived, one.Messages, one.WaitingSeconds);
        }

        ranks.Gather<double>(own, all);
        return [.. Enumerable.Range(0, ranks.Count).Select(Of)];

        RankReport Of(int rank)
        {
            int at = rank * own.Length;
            return new RankReport(
                rank, (long)all[at], (long)all[at + 1], (long)all[at + 2], (long)all[at + 3], (long)all[at + 4], (long)all[at + 5], all[at + 6], (long)all[at + 7],
                [.. traffic.Select((one, i) => new RankExchange(one.System, (long)all[at + Head + (4 * i)], (long)all[at + Head + (4 * i) + 1], (long)all[at + Head + (4 * i) + 2], all[at + Head + (4 * i) + 3]))]);
        }
    }
}

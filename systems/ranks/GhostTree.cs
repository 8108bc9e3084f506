using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What stands here of other ranks' trees, and there of this one: the locally essential tree (Warren and Salmon 1993). Nodes with children that touch a
/// node of the other's, and the sources of leaves that may act directly there.
/// </summary>
internal sealed class GhostTree(Ledger ledger) : IDisposable
{
    /// <summary>Nodes with children that other ranks have told of, by level and key; some are this rank's, too, in part.</summary>
    public GhostSplit[] Splits { get; set; } = [];

    /// <summary>Sources for each rank.</summary>
    public long[] Sent { get; set; } = [];

    /// <summary>Sources from each rank.</summary>
    public long[] Received { get; set; } = [];

    /// <summary>Sources that stand here of other ranks.</summary>
    public int Points { get; set; }

    /// <summary>The sources that others have, by rank: their rows in this rank's input.</summary>
    public NativeBuffer<int> Rows { get; } = new(ledger, "ranks: rows of ghosts elsewhere");

    /// <summary>Charges on their way to other ranks.</summary>
    public NativeBuffer<double> Outgoing { get; } = new(ledger, "ranks: charges out");

    /// <summary>Charges on their way here.</summary>
    public NativeBuffer<double> Incoming { get; } = new(ledger, "ranks: charges in");

    /// <summary>Nodes that stand here and have no point of this rank's.</summary>
    public int Nodes { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        Outgoing.Dispose();
        Incoming.Dispose();
    }
}

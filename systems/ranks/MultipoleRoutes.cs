using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Which multipoles a step exchanges: known when the tree and its lists are, and the same until the next tree.</summary>
internal sealed class MultipoleRoutes(Ledger ledger) : IDisposable
{
    /// <summary>Of nodes that lie whole in one rank's cells: they go out as soon as the upward pass is done.</summary>
    public MultipoleRoute Whole { get; } = new();

    /// <summary>Of nodes that borders cut, for the lists: they go out once they are put together.</summary>
    public MultipoleRoute Cut { get; } = new();

    /// <summary>How those are put together, from the deepest level up.</summary>
    public CutStep[] Steps { get; set; } = [];

    /// <summary>What goes out.</summary>
    public NativeBuffer<byte> Outgoing { get; } = new(ledger, "ranks: multipoles out");

    /// <summary>What comes in.</summary>
    public NativeBuffer<byte> Incoming { get; } = new(ledger, "ranks: multipoles in");

    /// <inheritdoc/>
    public void Dispose()
    {
        Outgoing.Dispose();
        Incoming.Dispose();
    }
}

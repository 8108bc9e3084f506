namespace Fmm.Systems;

/// <summary>Multipoles that go from the ranks that compute them to those whose lists name them: by rank, and in the same order on both.</summary>
internal sealed class MultipoleRoute
{
    /// <summary>Nodes for each rank.</summary>
    public long[] Sent { get; set; } = [];

    /// <summary>Nodes from each rank.</summary>
    public long[] Received { get; set; } = [];

    /// <summary>The nodes that go out.</summary>
    public NodePlace[] SentNodes { get; set; } = [];

    /// <summary>The nodes that come in.</summary>
    public NodePlace[] ReceivedNodes { get; set; } = [];
}

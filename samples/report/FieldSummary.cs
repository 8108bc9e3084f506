namespace Fmm.Samples;

/// <summary>What a run was and how it went: the content of the table and of the JSON object.</summary>
public sealed record FieldSummary
{
    /// <summary>The kernel's name.</summary>
    public required string Kernel { get; init; }

    /// <summary>The kernel's parameters as text, such as k=5; empty when it has none.</summary>
    public required string Parameters { get; init; }

    /// <summary>single or double.</summary>
    public required string Precision { get; init; }

    /// <summary>Expansion order.</summary>
    public required int Order { get; init; }

    /// <summary>Most points of a leaf.</summary>
    public required int Leaf { get; init; }

    /// <summary>Threads used.</summary>
    public required int Threads { get; init; }

    /// <summary>Number of sources.</summary>
    public required int Sources { get; init; }

    /// <summary>Number of targets.</summary>
    public required int Targets { get; init; }

    /// <summary>Level of the finest nodes; the root has 0.</summary>
    public required int Depth { get; init; }

    /// <summary>Nodes that hold points.</summary>
    public required long Nodes { get; init; }

    /// <summary>Leaves that hold points.</summary>
    public required long Leaves { get; init; }

    /// <summary>Mean sizes of the lists U, V, W and X.</summary>
    public required (double U, double V, double W, double X) Lists { get; init; }

    /// <summary>Seconds of the run, or of the median run.</summary>
    public required FieldSeconds Seconds { get; init; }

    /// <summary>The error against direct sums, or null when none were asked for.</summary>
    public required FieldErrors? Error { get; init; }
}

using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What the user asked of a scene; null leaves the choice to the scene.</summary>
public sealed record SceneRequest
{
    /// <summary>The method's settings.</summary>
    public required FieldSettings Settings { get; init; }

    /// <summary>The ranks that run the scene together; one alone by default.</summary>
    public IRanks Ranks { get; init; } = new OneRank();

    /// <summary>Number of points, of all ranks together.</summary>
    public int? Count { get; init; }

    /// <summary>Number of time steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Seed of everything drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of targets to compare with direct sums.</summary>
    public int? Verify { get; init; }

    /// <summary>Number of timed runs.</summary>
    public int? Repeat { get; init; }

    /// <summary>True when standard output is to hold one JSON object.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the schedule is told, too.</summary>
    public bool Explain { get; init; }

    /// <summary>What a run of many steps keeps and goes on from; null for nothing.</summary>
    public LongRun? LongRun { get; init; }

    /// <summary>Refuses what would not fit into memory.</summary>
    internal MemoryGuard? Guard { get; init; }

    /// <summary>Port of the page that shows the points moving, 0 for any that is free; null where none is wanted.</summary>
    public int? ViewPort { get; init; }

    /// <summary>The folder of a run's pictures, and the steps from one to the next; null for none.</summary>
    public (string Folder, int Every)? Pictures { get; init; }

    /// <summary>The HDF5 file of a run's time series, and the steps from one that it holds to the next, null for a tenth of all; null for none.</summary>
    public (string File, int? Every)? Series { get; init; }

    /// <summary>The picture of a field; null for none.</summary>
    public string? Plot { get; init; }

    /// <summary>The page's server, once it runs.</summary>
    internal Viewer? Viewer { get; init; }

    /// <summary>Where to print.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Ends the scene early.</summary>
    public CancellationToken Cancellation { get; init; }
}

namespace Fmm.Components;

/// <summary>
/// Resource: how the sorted points stand in their rows, as far as a query can't tell. Rows stand in Morton order, so that every node's points
/// are one range; outliers, which belong to no node, stand behind them. The rows are those with <see cref="SourceTag"/> and those with
/// <see cref="TargetTag"/>.
/// </summary>
internal sealed class PointRows
{
    /// <summary>True when the same rows serve as sources and as targets.</summary>
    public bool Shared { get; private set; } = true;

    /// <summary>Sources, outliers among them.</summary>
    public int Sources { get; private set; }

    /// <summary>Sources of other ranks that stand behind this world's own; 0 but where a method works over ranks.</summary>
    public int Ghosts { get; private set; }

    /// <summary>Rows of sources: this world's own, and ghosts.</summary>
    public int SourceRows => Sources + Ghosts;

    /// <summary>Targets, outliers among them.</summary>
    public int Targets { get; private set; }

    /// <summary>Sources that belong to nodes: the first of all.</summary>
    public int NodeSources { get; private set; }

    /// <summary>Targets that belong to nodes: the first of all.</summary>
    public int NodeTargets { get; private set; }

    /// <summary>Notes what was sorted; called by the system that does.</summary>
    /// <param name="shared">Whether the targets are the sources.</param>
    /// <param name="sources">Number of sources.</param>
    /// <param name="targets">Number of targets.</param>
    /// <param name="outlierSources">How many of the last sources belong to no node.</param>
    /// <param name="outlierTargets">How many of the last targets belong to no node.</param>
    public void Assign(bool shared, int sources, int targets, int outlierSources = 0, int outlierTargets = 0)
    {
        Shared = shared;
        Sources = sources;
        Targets = targets;
        NodeSources = sources - outlierSources;
        NodeTargets = targets - outlierTargets;
        Ghosts = 0;
    }

    /// <summary>Notes ghosts; called by the system that puts them behind the others.</summary>
    /// <param name="ghosts">How many.</param>
    public void Extend(int ghosts) => Ghosts = ghosts;
}

namespace Fmm.Components;

/// <summary>
/// Whether a node's subtree holds sources and targets, wherever they are kept: lists, transfers and the cut of the work ask here.
/// <see cref="SourceRange"/> and <see cref="TargetRange"/> tell only which points stand in this world's rows. Here all of them do, so
/// that a node is occupied where its range is not empty; a node whose points another process holds is occupied and has an empty range.
/// </summary>
internal struct Occupancy
{
    /// <summary>Whether there are sources.</summary>
    public bool Sources;

    /// <summary>Whether there are targets.</summary>
    public bool Targets;

    /// <summary>Whether there are points of either kind.</summary>
    public readonly bool Any => Sources | Targets;
}

namespace Fmm.Components;

/// <summary>The targets in a node's subtree: one contiguous run of rows of the sorted targets. A hole has none.</summary>
public struct TargetRange
{
    /// <summary>First row.</summary>
    public int Start;

    /// <summary>Number of rows.</summary>
    public int Count;

    /// <summary>The row after the last.</summary>
    public readonly int End => Start + Count;
}

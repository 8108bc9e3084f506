namespace Fmm.Components;

/// <summary>The sources in a node's subtree: one contiguous run of rows of the sorted sources. A hole has none.</summary>
public struct SourceRange
{
    /// <summary>First row.</summary>
    public int Start;

    /// <summary>Number of rows.</summary>
    public int Count;

    /// <summary>The row after the last.</summary>
    public readonly int End => Start + Count;
}

namespace Fmm.Components;

/// <summary>
/// The leaves whose sources a node takes into its local expansion: leaves one level up that touch its parent but not itself, as rows one
/// level up in <see cref="ListStore.X"/>. Any node with targets may have one; it is the transpose of the W list.
/// </summary>
public struct XList
{
    /// <summary>First entry in the store.</summary>
    public int Start;

    /// <summary>Number of entries.</summary>
    public int Count;

    /// <summary>The entry after the last.</summary>
    public readonly int End => Start + Count;
}

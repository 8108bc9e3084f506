namespace Fmm.Components;

/// <summary>
/// The nodes whose multipoles a leaf evaluates at its targets: children of its colleagues that do not touch it, as rows one level down in
/// <see cref="ListStore.W"/>. Members hold sources and may be split. Empty unless the node is a leaf with targets.
/// </summary>
public struct WList
{
    /// <summary>First entry in the store.</summary>
    public int Start;

    /// <summary>Number of entries.</summary>
    public int Count;

    /// <summary>The entry after the last.</summary>
    public readonly int End => Start + Count;
}

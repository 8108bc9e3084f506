namespace Fmm.Components;

/// <summary>
/// The nodes whose multipoles a leaf evaluates at its targets: children of its colleagues that hold sources and do not touch it, but for
/// leaves of few sources, which stand in the <see cref="UList"/>. A run of <see cref="MixedStore.W"/>; members may be split. Empty unless
/// the node is a leaf with targets.
/// </summary>
internal struct WList
{
    /// <summary>First member in the store.</summary>
    public int Start;

    /// <summary>Number of members.</summary>
    public int Count;

    /// <summary>The member after the last.</summary>
    public readonly int End => Start + Count;
}

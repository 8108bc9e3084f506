namespace Fmm.Components;

/// <summary>
/// A leaf's near field: the leaves with sources that touch it, itself among them, as entries of <see cref="ListStore.U"/>. Empty unless the
/// node is a leaf with targets. Ying, Biros and Zorin 2004, section 2.
/// </summary>
public struct UList
{
    /// <summary>First entry in the store.</summary>
    public int Start;

    /// <summary>Number of entries.</summary>
    public int Count;

    /// <summary>The entry after the last.</summary>
    public readonly int End => Start + Count;
}

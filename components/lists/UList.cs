namespace Fmm.Components;

/// <summary>
/// A leaf's near field: the leaves with sources that touch it, itself among them (Ying, Biros and Zorin 2004, section 2), and those of its
/// textbook W and X lists that act directly because one leaf of the pair holds few points (<see cref="TreeSettings.DirectPoints"/>). A run of
/// <see cref="ListStore.U"/>; empty unless the node is a leaf with targets.
/// </summary>
internal struct UList
{
    /// <summary>First member in the store.</summary>
    public int Start;

    /// <summary>Number of members.</summary>
    public int Count;

    /// <summary>The member after the last.</summary>
    public readonly int End => Start + Count;
}

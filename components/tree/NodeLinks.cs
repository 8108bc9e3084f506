namespace Fmm.Components;

/// <summary>
/// A node's place in the tree. Every level but the root's is whole octets of siblings: row r is octant r % 8 of octet r / 8, and octet k
/// holds the children of the k-th split node one level up.
/// </summary>
public struct NodeLinks
{
    /// <summary>The parent's row one level up; -1 for the root.</summary>
    public int Parent;

    /// <summary>Row of the first of the eight children one level down, a multiple of 8; -1 for a leaf.</summary>
    public int FirstChild;

    /// <summary>True when the node has no children.</summary>
    public readonly bool IsLeaf => FirstChild < 0;
}

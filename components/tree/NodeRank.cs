namespace Fmm.Components;

/// <summary>
/// The rank that computes a node's multipole, where a method works over ranks: the one that owns the node's first cell. A node of another rank is a ghost here: it has
/// no targets of this rank's, unless a border cuts it.
/// </summary>
public struct NodeRank
{
    /// <summary>The rank, from 0.</summary>
    public int Value;
}

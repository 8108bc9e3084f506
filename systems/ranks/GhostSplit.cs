using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>A node with children, as one rank tells it another: what its children hold of that rank's.</summary>
internal unsafe struct GhostSplit
{
    /// <summary>The node's key.</summary>
    public ulong Key;

    /// <summary>Its level.</summary>
    public int Level;

    /// <summary>Which of its children have children themselves: a bit an octant.</summary>
    public int Split;

    /// <summary>Sources in each of its children.</summary>
    public Counts Sources;

    /// <summary>The node of a key, from the rows at which its children's sources begin.</summary>
    public static GhostSplit Of(ulong key, int level, int* cuts, int split)
    {
        GhostSplit node = new() { Key = key, Level = level, Split = split };
        for (int octant = 0; octant < 8; octant++) node.Sources[octant] = cuts[octant + 1] - cuts[octant];
        return node;
    }

    /// <summary>What two ranks have in one node that a border cuts.</summary>
    public readonly GhostSplit And(in GhostSplit other)
    {
        GhostSplit both = this;
        both.Split |= other.Split;
        for (int octant = 0; octant < 8; octant++) both.Sources[octant] += other.Sources[octant];
        return both;
    }

    /// <summary>A number a child.</summary>
    [InlineArray(8)]
    public struct Counts
    {
        private int _first;
    }
}

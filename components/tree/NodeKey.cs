namespace Fmm.Components;

/// <summary>The Morton key of a node at its own level l: 3 l bits, x lowest. Rows of a level ascend by it.</summary>
public struct NodeKey
{
    /// <summary>Key at the node's level.</summary>
    public ulong Value;
}

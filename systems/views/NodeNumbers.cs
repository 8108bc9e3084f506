using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Numbers all rows of a tree: a node's number is its level's first plus its row.</summary>
internal sealed class NodeNumbers
{
    private readonly int[] _first = new int[Morton.MaxLevel + 1];

    /// <summary>The number of a level's first row.</summary>
    public int this[int level] => _first[level];

    public void Read(NodeRows nodes)
    {
        for (int level = 0, rows = 0; level <= nodes.Depth; rows += nodes[level++].Count) _first[level] = rows;
    }
}

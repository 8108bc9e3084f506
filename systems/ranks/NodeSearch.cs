using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Finds the nodes that other ranks name.</summary>
internal sealed unsafe class NodeSearch
{
    private readonly LevelColumn<NodeLinks> _links = new();
    private int _depth, _rank;

    /// <summary>Takes the nodes.</summary>
    public void Read(NodeRows rows, int rank)
    {
        _links.Read(rows);
        (_depth, _rank) = (rows.Depth, rank);
    }

    /// <summary>The row of a node.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public int Find(NodeName name)
    {
        int row = 0;
        for (int level = 1; level <= name.Level; level++)
        {
            int first = level <= _depth ? _links[level - 1][row].FirstChild : -1;
            if (first < 0) throw new InvalidOperationException($"Another rank asks for a node of level {name.Level} with key {name.Key}, which rank {_rank} does not have: the ranks' trees differ.");
            row = first + (int)((name.Key >> (3 * ((int)name.Level - level))) & 7);
        }

        return row;
    }
}

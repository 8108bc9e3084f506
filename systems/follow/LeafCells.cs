using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The nodes without children, holes among them, in Morton order: cells that fill the root's cube, one after the other, as the sorted points
/// do. They change with the nodes alone.
/// </summary>
/// <param name="ledger">The ledger of the world.</param>
internal sealed unsafe class LeafCells(Ledger ledger) : IDisposable
{
    private readonly NativeBuffer<LeafCell> _cells = new(ledger, "follow: cells");
    private readonly NativeBuffer<int> _cellOfNode = new(ledger, "follow: cell of each node");
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly NodeNumbers _numbers = new();
    private int _count;

    /// <summary>Whether they are those of the present nodes.</summary>
    public bool AreCurrent { get; set; }

    /// <summary>Number of cells.</summary>
    public int Count => _count;

    /// <summary>The cells.</summary>
    public LeafCell* Pointer => _cells.Pointer;

    /// <summary>Finds them.</summary>
    public void Read(NodeRows nodes, int totalRows)
    {
        _keys.Read(nodes);
        _links.Read(nodes);
        _numbers.Read(nodes);
        if (AreCurrent) return;
        _cellOfNode.Resize(totalRows);
        _cells.Resize(totalRows);
        _count = 0;
        Visit(0, 0);
        AreCurrent = true;
    }

    /// <summary>The cell that a place lies in.</summary>
    /// <param name="key">Its Morton key at level 21.</param>
    public int Find(ulong key)
    {
        int level = 0, row = 0;
        while (_links[level][row].FirstChild is int first and >= 0)
        {
            level++;
            row = first + (int)((key >> (3 * (Morton.MaxLevel - level))) & 7);
        }
        return _cellOfNode.Pointer[_numbers[level] + row];
    }

    /// <summary>Key of a cell's node at its level.</summary>
    public ulong Key(int cell) => _keys[_cells.Pointer[cell].Level][_cells.Pointer[cell].Row].Value;

    /// <summary>
    /// Whether a cell that gets its first points would touch a leaf two levels below it, which balance forbids: a colleague of its is split,
    /// and so is a child of that on its side.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="shape">The tree.</param>
    public bool BreaksBalance(int cell, TreeShape shape)
    {
        int level = _cells.Pointer[cell].Level;
        ulong key = Key(cell);
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            if (direction == 13 || !shape.TryNeighbour(key, level, direction, out ulong neighbour, out _)) continue;
            int row = Row(level, neighbour);
            if (row < 0) continue;
            int first = _links[level][row].FirstChild;
            for (int near = first < 0 ? 0 : OctetAdjacency.Touching(direction); near != 0; near &= near - 1)
                if (_links[level + 1][first + BitOperations.TrailingZeroCount(near)].FirstChild >= 0) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cells.Dispose();
        _cellOfNode.Dispose();
    }

    // The row of a node of a level; -1 where the tree is coarser.
    private int Row(int level, ulong key)
    {
        int row = 0;
        for (int above = 0; above < level; above++)
        {
            int first = _links[above][row].FirstChild;
            if (first < 0) return -1;
            row = first + (int)((key >> (3 * (level - above - 1))) & 7);
        }
        return row;
    }

    private void Visit(int level, int row)
    {
        int first = _links[level][row].FirstChild, number = _numbers[level] + row;
        _cellOfNode.Pointer[number] = first < 0 ? _count : -1;
        if (first < 0) _cells.Pointer[_count++] = new LeafCell { Level = level, Row = row };
        else for (int octant = 0; octant < 8; octant++) Visit(level + 1, first + octant);
    }
}

using Fmm.Components;
using Fmm.Engine;

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
    private int Find(NodeName name)
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

    /// <summary>Tells ranks which of their nodes are wanted, and learns which of this rank's are.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="wanted">Nodes that stand here, by the rank that owns them.</param>
    /// <param name="keys">The nodes' keys.</param>
    /// <param name="counts">Receives how many each rank wants.</param>
    /// <returns>This rank's nodes that others want, by rank.</returns>
    public NodePlace[] Ask(IRanks ranks, List<NodePlace>[] wanted, LevelColumn<NodeKey> keys, long[] counts)
    {
        NodeName[] names = [.. wanted.SelectMany(one => one).Select(place => new NodeName(keys[place.Level][place.Row].Value, place.Level))];
        NodeName[] asked = ranks.Exchange<NodeName>(names, [.. wanted.Select(one => (long)one.Count)], counts);
        return [.. asked.Select(name => new NodePlace((int)name.Level, Find(name)))];
    }
}

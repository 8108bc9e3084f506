using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A node's V list: the children of its parent's colleagues that hold sources and do not touch it; for
/// <c>foreach (FarMember member in FarList.Of(world, in nodes, row))</c>. Goes through nothing, and allocates nothing.
/// </summary>
public ref struct FarList
{
    private readonly ReadOnlySpan<int> _neighbours;
    private readonly ReadOnlySpan<OctetMasks> _masks;
    private readonly int _octant;
    private int _slot;
    private int _members;
    private int _direction;

    private FarList(ReadOnlySpan<int> neighbours, ReadOnlySpan<OctetMasks> masks, int octant)
    {
        _neighbours = neighbours;
        _masks = masks;
        _octant = octant;
        _slot = -1;
    }

    /// <summary>The member.</summary>
    public readonly FarMember Current
    {
        get
        {
            int other = System.Numerics.BitOperations.TrailingZeroCount(_members);
            return new FarMember(
                (8 * _neighbours[_slot]) + other, OctetAdjacency.Between(_octant, _direction, other, 0),
                OctetAdjacency.Between(_octant, _direction, other, 1), OctetAdjacency.Between(_octant, _direction, other, 2));
        }
    }

    /// <summary>Adds to a declaration what walking the lists reads.</summary>
    /// <param name="access">What else is touched.</param>
    public static Access Declare(Access access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.ReadResource<OctetTable>().ReadResource<OctetLinks>();
    }

    /// <summary>The V list of a node.</summary>
    /// <param name="world">The world.</param>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The node.</param>
    /// <exception cref="ArgumentException">The rows are no nodes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static FarList Of(World world, in Chunk nodes, int row)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (nodes.Level == Archetype.NoLevel) throw new ArgumentException($"Rows of {nodes.Archetype.Signature} have no level: V lists are those of nodes.", nameof(nodes));
        nodes.RequireRow(row);
        Span<int> table = world.Resource<OctetTable>().Neighbours(nodes.Level).Span;
        ReadOnlySpan<int> own = table.IsEmpty ? default : table.Slice(row / 8 * OctetTable.NeighboursAnOctet, OctetTable.NeighboursAnOctet);
        return new FarList(own, world.Resource<OctetLinks>().Masks(nodes.Level).Span, row & 7);
    }

    /// <summary>The list itself.</summary>
    public readonly FarList GetEnumerator() => this;

    /// <summary>Steps to the next member.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        _members &= _members - 1;
        while (_members == 0)
        {
            if (++_slot >= _neighbours.Length) return false;
            int octet = _neighbours[_slot];
            if (octet < 0) continue;
            _direction = OctetTable.Direction(_slot);
            _members = OctetAdjacency.Far(_octant, _direction) & _masks[octet].Sources;
        }
        return true;
    }
}

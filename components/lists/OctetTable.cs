using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the V lists, kept by octet. All members of the V lists of eight siblings are children of the 26 nodes around their parent, so
/// that one row of 26 octets serves the eight lists: the list of octant o holds, of the octet in each direction, those octants of
/// <see cref="OctetAdjacency.Far"/>(o, direction) that hold sources. M2L takes an octet and each of its neighbours as a block of 8 by 8.
/// </summary>
/// <remarks>
/// An entry needs no image of a box that repeats: the operator of a block depends on its place in the row, which is the direction from
/// the target to where the source acts, and one octet may stand in several places.
/// </remarks>
internal sealed class OctetTable : IDisposable
{
    /// <summary>Neighbours of an octet: the 27 directions without the octet itself.</summary>
    public const int NeighboursAnOctet = 26;

    private readonly NativeBuffer<int>[] _neighbours = new NativeBuffer<int>[Morton.MaxLevel + 1];

    /// <summary>No octets yet.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public OctetTable(Ledger ledger)
    {
        for (int level = 0; level < _neighbours.Length; level++) _neighbours[level] = new NativeBuffer<int>(ledger, "lists.v.octets");
    }

    /// <summary>Pairs of a target node and a source node over all V lists.</summary>
    public long PairCount { get; set; }

    /// <summary>For each octet of a level its 26 neighbours in order of direction: an octet of the same level with sources, or -1.</summary>
    /// <param name="level">Level; above the first with a far field, V lists are empty.</param>
    /// <returns>26 values an octet; empty above the first level with a far field and below the tree's depth.</returns>
    public NativeBuffer<int> Neighbours(int level) => _neighbours[level];

    /// <summary>The direction that a place in a row of <see cref="Neighbours"/> stands for.</summary>
    /// <param name="slot">Place, 0 to 25.</param>
    /// <returns>Direction, 0 to 26 without 13.</returns>
    public static int Direction(int slot) => slot < 13 ? slot : slot + 1;

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer<int> level in _neighbours) level.Dispose();
    }
}

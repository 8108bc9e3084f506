using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: what stands around every octet of eight siblings. Nodes of one level that touch are colleagues; the octets around an octet
/// are the children of its parent's colleagues. Which node touches which follows from these and the octants alone
/// (<see cref="OctetAdjacency"/>), so that one row of 27 values serves eight siblings.
/// </summary>
/// <remarks>
/// A tree in a box that repeats would link the octets at a wall to those at the wall across. An entry need not say in which image it is
/// met: that follows from the parent's key and the direction, and those who build lists from a row note it in each
/// <see cref="ListMember"/>. M2L needs no image, since a transfer depends on the direction alone.
/// </remarks>
internal sealed class OctetLinks : IDisposable
{
    /// <summary>The value where a colleague does not exist, lies outside the box, or is a leaf without points.</summary>
    public const int Absent = -1;

    private readonly NativeBuffer<int>[] _colleagues = new NativeBuffer<int>[Morton.MaxLevel + 1];
    private readonly NativeBuffer<OctetMasks>[] _masks = new NativeBuffer<OctetMasks>[Morton.MaxLevel + 1];

    /// <summary>No octets yet.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public OctetLinks(Ledger ledger)
    {
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            _colleagues[level] = new NativeBuffer<int>(ledger, "tree.octets.colleagues");
            _masks[level] = new NativeBuffer<OctetMasks>(ledger, "tree.octets.masks");
        }
    }

    /// <summary>
    /// For each octet of a level 27 values, one for each direction from its parent, about the parent's colleague there. Where that is split,
    /// the value is the octet of its children, 0 or more; where it is a leaf with points, <see cref="Leaf"/> of its row one level up; else
    /// <see cref="Absent"/>. Value 13, of the parent itself, is the octet.
    /// </summary>
    /// <param name="level">Level of the octets, 1 or deeper.</param>
    /// <returns>27 values an octet.</returns>
    public NativeBuffer<int> Colleagues(int level) => _colleagues[level];

    /// <summary>Which nodes of an octet hold what.</summary>
    /// <param name="level">Level of the octets, 1 or deeper.</param>
    /// <returns>Masks an octet.</returns>
    public NativeBuffer<OctetMasks> Masks(int level) => _masks[level];

    /// <summary>The value that stands for a leaf, less than <see cref="Absent"/>; of such a value, the leaf's row.</summary>
    /// <param name="row">A row, or a value of <see cref="Colleagues"/> that stands for a leaf.</param>
    /// <returns>The value, or the row.</returns>
    public static int Leaf(int row) => -2 - row;

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            _colleagues[level].Dispose();
            _masks[level].Dispose();
        }
    }
}

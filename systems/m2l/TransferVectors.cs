namespace Fmm.Systems;

/// <summary>
/// The geometry of M2L: which child of which neighbouring octet lies where. A transfer vector is target minus source in
/// widths of the box, each component in -3..3; those with a component of 2 or more are the V list's 316.
/// </summary>
internal static class TransferVectors
{
    /// <summary>Neighbouring octets of an octet.</summary>
    public const int OctetCount = 26;

    /// <summary>Slots of the cube of vectors, 7 x 7 x 7; 316 of them are V-list vectors.</summary>
    public const int SlotCount = 343;

    /// <summary>Numbers from one table of slots to the next.</summary>
    public const int SlotStride = 344;

    private static readonly int[] _firstSlots = [.. Enumerable.Range(0, 8 * OctetCount).Select(i =>
        Component(i / 8, 0, i % 8, 0) + 3 + (7 * (Component(i / 8, 0, i % 8, 1) + 3)) + (49 * (Component(i / 8, 0, i % 8, 2) + 3)))];

    /// <summary>Component of the direction from a parent to its neighbour number <paramref name="octet"/> (0..25).</summary>
    public static int Direction(int octet, int axis)
    {
        int cell = octet < 13 ? octet : octet + 1;
        return axis switch
        {
            0 => (cell % 3) - 1,
            1 => (cell / 3 % 3) - 1,
            _ => (cell / 9) - 1,
        };
    }

    /// <summary>Component of the vector from source child to target child.</summary>
    /// <param name="octet">Neighbour that holds the source, 0..25.</param>
    /// <param name="target">Octant of the target in its parent; bit 0 x, 1 y, 2 z.</param>
    /// <param name="source">Octant of the source in its parent.</param>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    public static int Component(int octet, int target, int source, int axis) =>
        ((target >> axis) & 1) - ((source >> axis) & 1) - (2 * Direction(octet, axis));

    /// <summary>Slot 0..342 of the vector from source child to target child, or -1 if the boxes are adjacent.</summary>
    public static int Slot(int octet, int target, int source)
    {
        int x = Component(octet, target, source, 0);
        int y = Component(octet, target, source, 1);
        int z = Component(octet, target, source, 2);
        return IsFar(x, y, z) ? x + 3 + (7 * (y + 3)) + (49 * (z + 3)) : -1;
    }

    /// <summary>
    /// Slot of the vector from a source child to target child 0, far or not; child t is 1, 7 and 49 slots further for its bits.
    /// </summary>
    public static int FirstSlot(int octet, int source) => _firstSlots[(8 * octet) + source];

    /// <summary>Component along an axis of the vector in a slot.</summary>
    public static int SlotComponent(int slot, int axis) => axis switch
    {
        0 => (slot % 7) - 3,
        1 => (slot / 7 % 7) - 3,
        _ => (slot / 49) - 3,
    };

    /// <summary>True if boxes so far apart belong to each other's V list.</summary>
    public static bool IsFar(int x, int y, int z) => Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z))) > 1;
}

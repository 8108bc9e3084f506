namespace Fmm.Systems;

/// <summary>
/// The 316 transfer vectors in order of their slots (<see cref="TransferVectors"/>), and for each the pairs of octants of neighbouring octets that
/// lie so.
/// </summary>
internal static class VectorPairs
{
    /// <summary>Number of transfer vectors.</summary>
    public const int Count = 316;

    private static readonly int[] _slots = [.. Enumerable.Range(0, TransferVectors.SlotCount).Where(slot => IsFar(slot))];
    private static readonly int[][] _pairs = Collect();

    /// <summary>The slot of a vector.</summary>
    public static int Slot(int vector) => _slots[vector];

    /// <summary>The pairs of a vector: 64 times the direction to the source's octet, plus 8 times the target's octant, plus the source's.</summary>
    public static ReadOnlySpan<int> Of(int vector) => _pairs[vector];

    /// <summary>
    /// The number that stands for a vector in PyExaFMM's files: 65536 to the powers 2, 1 and 0 times what its components are mapped to, 2 v for
    /// none below 0 and 2 |v| + 1 for the others.
    /// </summary>
    public static long Hash(int vector)
    {
        long hash = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            int component = TransferVectors.SlotComponent(_slots[vector], axis);
            hash = (hash << 16) | (uint)(component >= 0 ? 2 * component : (-2 * component) + 1);
        }
        return hash;
    }

    private static bool IsFar(int slot) => TransferVectors.IsFar(
        TransferVectors.SlotComponent(slot, 0), TransferVectors.SlotComponent(slot, 1), TransferVectors.SlotComponent(slot, 2));

    private static int[][] Collect()
    {
        List<int>[] all = [.. _slots.Select(_ => new List<int>())];
        for (int pair = 0; pair < 64 * TransferVectors.OctetCount; pair++)
        {
            int slot = TransferVectors.Slot(pair / 64, pair / 8 % 8, pair % 8);
            if (slot >= 0) all[Array.BinarySearch(_slots, slot)].Add(pair);
        }
        return [.. all.Select(pairs => pairs.ToArray())];
    }
}

using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the members of all U, W and X lists, each kind one flat run that the nodes' <see cref="UList"/>, <see cref="WList"/> and
/// <see cref="XList"/> point into, levels from the root down and rows ascending within.
/// </summary>
internal sealed class ListStore : IDisposable
{
    /// <summary>Empty lists.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public ListStore(Ledger ledger)
    {
        U = new NativeBuffer<int>(ledger, "lists.u");
        W = new NativeBuffer<int>(ledger, "lists.w");
        X = new NativeBuffer<int>(ledger, "lists.x");
    }

    /// <summary>
    /// Members of U lists: <see cref="Row"/> shifted left by two, plus <see cref="RelativeLevel"/> + 1. A list ascends by relative level and
    /// then by row, so that members which follow each other in the sorted points stand side by side.
    /// </summary>
    public NativeBuffer<int> U { get; }

    /// <summary>Members of W lists: rows one level below the list's owner.</summary>
    public NativeBuffer<int> W { get; }

    /// <summary>Members of X lists: rows one level above the list's owner.</summary>
    public NativeBuffer<int> X { get; }

    /// <summary>Packs a member of a U list.</summary>
    /// <param name="row">Its row, below 2^29.</param>
    /// <param name="relativeLevel">Its level minus the owner's: -1, 0 or 1.</param>
    /// <returns>The entry.</returns>
    public static int Pack(int row, int relativeLevel) => (row << 2) | (relativeLevel + 1);

    /// <summary>Row of a member of a U list.</summary>
    /// <param name="entry">An entry of <see cref="U"/>.</param>
    /// <returns>The row at its level.</returns>
    public static int Row(int entry) => entry >> 2;

    /// <summary>Level of a member of a U list, minus its owner's.</summary>
    /// <param name="entry">An entry of <see cref="U"/>.</param>
    /// <returns>-1, 0 or 1: balance allows no other.</returns>
    public static int RelativeLevel(int entry) => (entry & 3) - 1;

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        U.Dispose();
        W.Dispose();
        X.Dispose();
    }
}

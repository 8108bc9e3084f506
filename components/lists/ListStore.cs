using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the members of all U lists, one flat run that the nodes' <see cref="UList"/> point into, levels from the root down and rows ascending
/// within; those of W and X lists are in <see cref="MixedStore"/>. Who acts directly is settled there: P2P takes the U lists, M2P the W lists and
/// P2L the X lists, each as they stand.
/// </summary>
internal sealed class ListStore : IDisposable
{
    /// <summary>Empty lists.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public ListStore(Ledger ledger)
    {
        U = new NativeBuffer<ListMember>(ledger, "lists.u");
    }

    /// <summary>
    /// Members of U lists. A list ascends by level and then by row, so that members which follow each other in the sorted points stand side
    /// by side.
    /// </summary>
    public NativeBuffer<ListMember> U { get; }

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        U.Dispose();
    }
}

using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the members of all U, W and X lists, each kind one flat run that the nodes' <see cref="UList"/>, <see cref="WList"/> and
/// <see cref="XList"/> point into, levels from the root down and rows ascending within. Who acts directly is settled here: P2P takes the
/// U lists, M2P the W lists and P2L the X lists, each as they stand.
/// </summary>
internal sealed class ListStore : IDisposable
{
    /// <summary>Empty lists.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public ListStore(Ledger ledger)
    {
        U = new NativeBuffer<ListMember>(ledger, "lists.u");
        W = new NativeBuffer<ListMember>(ledger, "lists.w");
        X = new NativeBuffer<ListMember>(ledger, "lists.x");
    }

    /// <summary>
    /// Members of U lists. A list ascends by level and then by row, so that members which follow each other in the sorted points stand side
    /// by side.
    /// </summary>
    public NativeBuffer<ListMember> U { get; }

    /// <summary>Members of W lists, one level below the list's owner, ascending by row.</summary>
    public NativeBuffer<ListMember> W { get; }

    /// <summary>Members of X lists, one level above the list's owner, ascending by row.</summary>
    public NativeBuffer<ListMember> X { get; }

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        U.Dispose();
        W.Dispose();
        X.Dispose();
    }
}

using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the members of all W and X lists, each kind one flat run that the nodes' <see cref="WList"/> and <see cref="XList"/> point into, levels from the
/// root down and rows ascending within. Apart from <see cref="ListStore"/>, so that the plan of the near field does not wait for them.
/// </summary>
internal sealed class MixedStore : IDisposable
{
    /// <summary>Empty lists.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public MixedStore(Ledger ledger)
    {
        W = new NativeBuffer<ListMember>(ledger, "lists.w");
        X = new NativeBuffer<ListMember>(ledger, "lists.x");
    }

    /// <summary>Members of W lists, one level below the list's owner, ascending by row: what M2P takes.</summary>
    public NativeBuffer<ListMember> W { get; }

    /// <summary>Members of X lists, one level above the list's owner, ascending by row: what P2L takes.</summary>
    public NativeBuffer<ListMember> X { get; }

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        W.Dispose();
        X.Dispose();
    }
}

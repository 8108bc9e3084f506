namespace Fmm.Engine;

/// <summary>
/// One running iteration of a query. The enumerator holds it, the query only its weak reference: an enumerator that was
/// left without being disposed of can be told from a running one by the garbage collector.
/// </summary>
internal sealed class Iteration
{
    internal Iteration()
    {
        Self = new WeakReference<Iteration>(this);
    }

    internal WeakReference<Iteration> Self { get; }

    /// <summary>Counts the uses of this object, so that a copy of an enumerator ends its own use alone.</summary>
    internal long Use { get; set; }
}

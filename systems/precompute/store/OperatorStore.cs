using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Where operators are kept from one run to the next, <see cref="FmmOptions.OperatorStore"/>: it is asked before they are computed, and
/// offered what was. <c>Fmm.Files.OperatorCache</c> keeps them in a folder.
/// </summary>
/// <remarks>It is called on several threads at once, and by several solvers. A store that can't give or take something says so in its own way and never fails a run.</remarks>
public abstract class OperatorStore
{
    /// <summary>The matrices of a key, whole and as they were kept; null where there are none to be trusted.</summary>
    /// <param name="key">What they belong to.</param>
    /// <param name="ledger">The account of native memory.</param>
    internal abstract PlainMatrices? Load(OperatorKey key, Ledger ledger);

    /// <summary>Takes a copy of matrices that were computed, or not.</summary>
    /// <param name="key">What they belong to.</param>
    /// <param name="matrices">The matrices.</param>
    /// <param name="seconds">Wall time that they took.</param>
    internal abstract void Keep(OperatorKey key, PlainMatrices matrices, double seconds);
}

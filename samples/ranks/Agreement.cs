using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What ranks do each for itself between the calls that they make together: reading, opening, writing. Where it fails on one, all end there, and none waits for it.</summary>
internal static class Agreement
{
    /// <summary>Does something on every rank, and goes on once all have done it.</summary>
    /// <param name="ranks">The ranks; one alone just does it.</param>
    /// <param name="work">What this rank does; it does not use the ranks.</param>
    /// <exception cref="AgreedException">It failed on some rank.</exception>
    public static T Do<T>(this IRanks ranks, Func<T> work)
    {
        if (ranks.Count == 1) return work();
        T? result = default;
        Exception? fault = null;
        try
        {
            result = work();
        }
        catch (Exception caught)
        {
            fault = caught;
        }

        try
        {
            ranks.Require(fault);
            return result!;
        }
        catch
        {
            // What this rank has opened for nothing is closed.
            (result as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>Does something on every rank, and goes on once all have done it.</summary>
    /// <param name="ranks">The ranks; one alone just does it.</param>
    /// <param name="work">What this rank does; it does not use the ranks.</param>
    /// <exception cref="AgreedException">It failed on some rank.</exception>
    public static void Do(this IRanks ranks, Action work) => ranks.Do(() =>
    {
        work();
        return true;
    });

    /// <summary>Tells whether this rank has failed, and learns of the others: all end, and the lowest that has failed says why.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="fault">What happened here; null for nothing.</param>
    /// <exception cref="AgreedException">A rank has failed.</exception>
    public static void Require(this IRanks ranks, Exception? fault)
    {
        int[] codes = ranks.Gather(fault is null ? -1 : Failure.Of(fault).Code);
        int first = Array.FindIndex(codes, code => code >= 0);
        if (first < 0) return;
        throw new AgreedException(first, first == ranks.Rank ? Failure.Of(fault!) : new Failure(codes[first], null), first == ranks.Rank ? fault : null);
    }
}

using System.Collections.Concurrent;

namespace Fmm.Library;

/// <summary>The solvers that there are, by handle. A handle is a number that is never given twice and no address, so that a wrong one is told.</summary>
internal static class Solvers
{
    // Odd numbers far from small ones and from addresses.
    private const long First = 0x5f3a_0000_0000_0001, Step = 0x1_0001_0002;
    private static readonly ConcurrentDictionary<nint, Solver> _all = [];
    private static long _next = First;

    /// <summary>Enters a solver and gives it a handle.</summary>
    public static nint Enter(Solver solver)
    {
        nint handle = (nint)Interlocked.Add(ref _next, Step);
        _all[handle] = solver;
        return handle;
    }

    /// <summary>The solver of a handle.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static Solver Of(nint handle) => handle == 0
        ? throw new RefusedException(Status.InvalidHandle, "The solver is null: make one with fmm_create, and look at the status that it gives.")
        : _all.TryGetValue(handle, out Solver? solver) ? solver
        : throw new RefusedException(Status.InvalidHandle, "This is no solver, or one that was freed: give what fmm_create gave, and nothing after fmm_free.");

    /// <summary>Takes a solver out and ends it.</summary>
    public static void End(nint handle)
    {
        Solver solver = Of(handle);
        solver.Claim();
        _all.TryRemove(handle, out _);
        solver.Dispose();
    }
}

namespace Fmm.Systems;

/// <summary>
/// Whose turn it is on a solver: one call at a time, and none after its end. A call claims the solver before it touches anything,
/// so that a refused one leaves no trace. No lock is held, and nothing is allocated unless a call is refused.
/// </summary>
/// <param name="owner">Type of what is claimed, for messages.</param>
internal sealed class SolverClaim(Type owner)
{
    private const int Free = 0, Taken = 1, Ended = 2;
    private string? _running;
    private int _state;

    /// <summary>Claims the solver until the result is disposed of.</summary>
    /// <param name="call">The method that claims, for messages.</param>
    /// <exception cref="ObjectDisposedException">The solver has ended.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public Held Take(string call)
    {
        ObjectDisposedException.ThrowIf(!TryTurn(Taken, call), owner);
        _running = call;
        return new Held(this);
    }

    /// <summary>Ends the solver: every later call is refused.</summary>
    /// <returns>False if it had ended already.</returns>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public bool End() => TryTurn(Ended, "Dispose");

    /// <summary>Takes an end back that came to nothing.</summary>
    public void Reopen() => Volatile.Write(ref _state, Free);

    // False if it has ended.
    private bool TryTurn(int to, string call) => Interlocked.CompareExchange(ref _state, to, Free) switch
    {
        Free => true,
        Ended => false,
        _ => throw new InvalidOperationException(
            $"{call} was called while {Volatile.Read(ref _running) ?? "another call"} runs on the same {owner.Name}; nothing was changed. Call it when that has returned, not from a progress callback; threads need a {owner.Name} each."),
    };

    /// <summary>A claim that holds until it is disposed of.</summary>
    public readonly ref struct Held(SolverClaim claim)
    {
        /// <summary>Lets the next call have its turn.</summary>
        public void Dispose() => Volatile.Write(ref claim._state, Free);
    }
}

namespace Fmm.Engine;

/// <summary>
/// Threads that the host lends to the engine. All that is asked for is a way to get several threads to run one
/// method at once: queues, priorities and waiting are the engine's own.
/// </summary>
/// <remarks>The engine makes no thread by itself: without a dispatcher everything runs on the caller's.</remarks>
public interface IThreadDispatcher
{
    /// <summary>Threads that take part, the caller included; 1 to 4096. Asked once an update, before <see cref="Dispatch"/>.</summary>
    int ThreadCount { get; }

    /// <summary>
    /// Calls <see cref="IWorker.Run"/> with 0, 1 .. <see cref="ThreadCount"/> - 1, one call a thread, one of them the
    /// calling thread, and returns when all calls have returned. It may call them one after the other: the engine's
    /// workers never wait for a worker that has not started.
    /// </summary>
    /// <remarks>
    /// A schedule's worker holds the dispatcher to that: it takes each number once, and a dispatcher that left one out, gave
    /// one twice or one that there is not, or returned early, makes the update end with an
    /// <see cref="InvalidOperationException"/> that names the dispatcher's type, when none of its workers is inside any more. What
    /// Dispatch throws itself ends the update too. <see cref="IWorker.Run"/> then throws nothing on the host's threads.
    /// </remarks>
    /// <param name="worker">What to run.</param>
    void Dispatch(IWorker worker);
}

namespace Fmm.Engine;

/// <summary>What every thread of an <see cref="IThreadDispatcher"/> runs.</summary>
public interface IWorker
{
    /// <summary>Runs on one thread; called once a thread and dispatch.</summary>
    /// <param name="worker">This thread's number, 0 to <see cref="IThreadDispatcher.ThreadCount"/> - 1.</param>
    void Run(int worker);
}

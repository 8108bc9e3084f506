using System.Runtime.ExceptionServices;

namespace Fmm.Engine;

/// <content>
/// The host's dispatcher, and what it may get wrong. A worker's number is claimed when it comes in, so that whatever the
/// dispatcher does each unit is run once; what it did is told when it returns.
/// </content>
internal sealed partial class Executor
{
    private string? _breach;
    private int _accepting;
    private int _inside;

    /// <summary>Called by the dispatcher. It throws nothing, because an exception on a thread of the host would end the process.</summary>
    public void Run(int worker)
    {
        Interlocked.Increment(ref _inside);
        try
        {
            // Later than its Dispatch: what it was to do has been told as missing.
            if (Volatile.Read(ref _accepting) == 0) return;
            WorkerState[] workers = _workers;
            if (unchecked((uint)worker) >= (uint)workers.Length) Breach($"called Run({worker}), but its ThreadCount was {workers.Length}");
            else if (Array.IndexOf(_nodes, Running.Scope.Node) >= 0) Breach($"called Run({worker}) inside of a system that this thread runs");
            else if (Interlocked.Exchange(ref workers[worker].Entered, 1) != 0) Breach($"called Run({worker}) twice");
            else Work(workers[worker]);
        }
#pragma warning disable CA1031 // An interrupted wait, at most: the update ends with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Stop(exception);
            if (Volatile.Read(ref _running) == 0) Finish();
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private void Dispatch(IThreadDispatcher dispatcher)
    {
        ExceptionDispatchInfo? thrown = null;
        Interlocked.Exchange(ref _accepting, 1);
        try
        {
            dispatcher.Dispatch(this);
        }
#pragma warning disable CA1031 // Rethrown below, when no worker is inside any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = ExceptionDispatchInfo.Capture(exception);
        }
        Interlocked.Exchange(ref _accepting, 0);
        if (Volatile.Read(ref _inside) != 0)
        {
            Breach("returned while its workers still ran");
            Stop(thrown?.SourceException ?? Contract(dispatcher));
            // Whoever runs a system finishes the update at its end; where nobody does, this has to.
            if (Volatile.Read(ref _running) == 0) Finish();
            var wait = default(SpinWait);
            while (Volatile.Read(ref _inside) != 0) wait.SpinOnce();
        }
        if (_failure is not null) return;
        thrown?.Throw();
        for (int worker = 0; worker < _workers.Length; worker++)
            if (_workers[worker].Entered == 0) Breach($"never called Run({worker})");
        if (_breach is not null || _remaining != 0) throw Contract(dispatcher);
    }

    private void Breach(string what) => Interlocked.CompareExchange(ref _breach, what, null);

    private InvalidOperationException Contract(IThreadDispatcher dispatcher) =>
        new($"{dispatcher.GetType()} {_breach ?? "left systems undone"}. Dispatch has to call Run once with each number from 0 to {_workers.Length - 1} "
            + "and to return when all calls have returned; results of this update are not to be used.");
}

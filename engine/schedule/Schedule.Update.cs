namespace Fmm.Engine;

/// <content>Running.</content>
public sealed partial class Schedule<T>
{
    /// <summary>Who spent what in the last update. One object, filled anew by each update.</summary>
    public SystemTimes Times => field ??= new SystemTimes(Name, _executor ?? Built());

    /// <summary>Builds, and initializes the systems in the order of <see cref="Explain"/>.</summary>
    /// <exception cref="InvalidOperationException">A call of this schedule is running already.</exception>
    /// <exception cref="ObjectDisposedException">The schedule was disposed of.</exception>
    public void Initialize()
    {
        Executor executor = Begin(nameof(Initialize));
        try
        {
            foreach (ScheduleNode node in executor.Nodes) ((ScheduleNode<T>)node).System.Initialize();
        }
        finally
        {
            executor.End();
        }
    }

    /// <summary>Calls BeforeUpdate of each system, in the order of <see cref="Explain"/>, with access checked.</summary>
    /// <param name="state">What the step is told.</param>
    /// <inheritdoc cref="Initialize"/>
    public void BeforeUpdate(in T state) => Each(in state, nameof(BeforeUpdate), before: true);

    /// <summary>Runs the systems' Update on the calling thread alone.</summary>
    /// <inheritdoc cref="Update(in T, IThreadDispatcher, CancellationToken, IProgress{SystemProgress})"/>
    public void Update(in T state) => Update(in state, null);

    /// <summary>
    /// Runs the systems' Update by the graph. Only Update: BeforeUpdate and AfterUpdate are calls of their own, as in Arch.
    /// Allocates nothing on the managed heap once it has run with this number of threads.
    /// </summary>
    /// <param name="state">What the step is told.</param>
    /// <param name="dispatcher">Threads; null: only the calling one.</param>
    /// <param name="token">Ends the update between units and before systems; rows stay as far as they came.</param>
    /// <param name="progress">Told after each system, on the thread that ran it, one call at a time.</param>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">An update is running already; or the dispatcher did not do what
    /// <see cref="IThreadDispatcher.Dispatch"/> asks for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The dispatcher has less than one thread, or more than 4096.</exception>
    /// <exception cref="ObjectDisposedException">The schedule, or the world of a system, was disposed of.</exception>
    /// <exception cref="UndeclaredAccessException">A system touched what it has not declared.</exception>
    /// <remarks>The first exception of a system ends the update: running systems end at their next unit, no other
    /// starts, and the exception is rethrown as it is. The schedule can be updated again.</remarks>
    public void Update(in T state, IThreadDispatcher? dispatcher, CancellationToken token = default, IProgress<SystemProgress>? progress = null)
    {
        Executor executor = Begin(nameof(Update));
        try
        {
            _state = state;
            executor.Update(dispatcher, token, progress);
        }
        finally
        {
            executor.End();
        }
    }

    /// <summary>Calls AfterUpdate of each system, in the order of <see cref="Explain"/>, with access checked.</summary>
    /// <param name="state">What the step is told.</param>
    /// <inheritdoc cref="Initialize"/>
    public void AfterUpdate(in T state) => Each(in state, nameof(AfterUpdate), before: false);

    /// <summary>Disposes of the systems, the last added first. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">A call of this schedule is running; nothing was disposed of.</exception>
    /// <exception cref="AggregateException">Several systems threw; the exception of one is rethrown as it is. All others
    /// were disposed of.</exception>
    public void Dispose()
    {
        if (_disposed) return;
        _executor?.Begin(Name, nameof(Dispose));
        _disposed = true;
        var failures = new Failures();
        for (int i = _places.Count - 1; i >= 0; i--)
        {
            Parts.Release(_places[i].System);
            failures.Try(_places[i].System);
        }
        failures.Throw();
    }

    private Executor Begin(string method)
    {
        Executor executor = Built();
        executor.Begin(Name, method);
        return executor;
    }

    private void Each(in T state, string method, bool before)
    {
        Executor executor = Begin(method);
        RunningScope outer = Running.Scope;
        try
        {
            foreach (ScheduleNode node in executor.Nodes)
            {
                // A phase of its own: what is recorded here comes before or after what the update records.
                node.Phase += 2;
                Running.Scope = new RunningScope { Access = node.Access, Node = node, Phase = node.Phase };
                ISystem<T> system = ((ScheduleNode<T>)node).System;
                if (before) system.BeforeUpdate(in state);
                else system.AfterUpdate(in state);
            }
        }
        finally
        {
            Running.Scope = outer;
            executor.End();
        }
    }
}

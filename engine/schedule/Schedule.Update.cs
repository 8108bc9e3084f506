namespace Fmm.Engine;

/// <content>Running.</content>
public sealed partial class Schedule<T>
{
    /// <summary>Who spent what in the last update. One object, filled anew by each update.</summary>
    public SystemTimes Times => field ??= new SystemTimes(Name, Built());

    /// <summary>Builds, and initializes the systems in the order of <see cref="Explain"/>.</summary>
    public void Initialize()
    {
        foreach (ScheduleNode node in Built().Nodes) ((ScheduleNode<T>)node).System.Initialize();
    }

    /// <summary>Calls BeforeUpdate of each system, in the order of <see cref="Explain"/>, with access checked.</summary>
    /// <param name="state">What the step is told.</param>
    public void BeforeUpdate(in T state)
    {
        foreach (ScheduleNode node in Built().Nodes)
        {
            RunningScope outer = Enter(node);
            try
            {
                ((ScheduleNode<T>)node).System.BeforeUpdate(in state);
            }
            finally
            {
                Running.Scope = outer;
            }
        }
    }

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
    /// <exception cref="InvalidOperationException">An update is running already.</exception>
    /// <exception cref="UndeclaredAccessException">A system touched what it has not declared.</exception>
    /// <remarks>The first exception of a system ends the update: running systems end at their next unit, no other
    /// starts, and the exception is rethrown as it is. The schedule can be updated again.</remarks>
    public void Update(in T state, IThreadDispatcher? dispatcher, CancellationToken token = default, IProgress<SystemProgress>? progress = null)
    {
        Executor executor = Built();
        executor.Begin();
        _state = state;
        executor.Update(dispatcher, token, progress);
    }

    /// <summary>Calls AfterUpdate of each system, in the order of <see cref="Explain"/>, with access checked.</summary>
    /// <param name="state">What the step is told.</param>
    public void AfterUpdate(in T state)
    {
        foreach (ScheduleNode node in Built().Nodes)
        {
            RunningScope outer = Enter(node);
            try
            {
                ((ScheduleNode<T>)node).System.AfterUpdate(in state);
            }
            finally
            {
                Running.Scope = outer;
            }
        }
    }

    /// <summary>Disposes of the systems, the last added first.</summary>
    public void Dispose()
    {
        for (int i = _systems.Count - 1; i >= 0; i--) _systems[i].Dispose();
    }

    private static RunningScope Enter(ScheduleNode node)
    {
        RunningScope outer = Running.Scope;
        Running.Scope = new RunningScope { Access = node.Access, Node = node };
        return outer;
    }
}

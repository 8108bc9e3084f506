using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Fmm.Engine;

/// <summary>
/// Runs a built graph. Each worker takes the highest priority of: units of a For that a running system has posted, and
/// systems whose predecessors are done. Priority is the length of the longest path to the end, so that the critical path
/// never waits for what could come later.
/// </summary>
/// <remarks>
/// The thread inside a system's Update is that system's coordinator. While it waits for the last units of its For it
/// helps with the units of others; it starts no system, because that might keep it for long. Nothing is allocated once
/// the number of workers is known.
/// </remarks>
internal sealed partial class Executor : IWorker
{
    /// <summary>Far more than any machine has threads.</summary>
    private const int MostWorkers = 4096;

    private readonly ScheduleNode[] _nodes;
    private readonly World[] _worlds;
    private readonly RankSet _ready;
    private readonly RankSet _open;
    private readonly Lock _progressGate = new();
    private WorkerState[] _workers = [];
    private CancellationToken _token;
    private IProgress<SystemProgress>? _progress;
    private ExceptionDispatchInfo? _failure;
    private int _remaining;
    private int _running;
    private int _finishedSystems;
    private int _stopped;
    private int _finished;
    private int _updating;
    private long _spin;

    /// <param name="nodes">The systems by rank.</param>
    /// <param name="worlds">The worlds that they work on, which may not end during an update.</param>
    internal Executor(ScheduleNode[] nodes, World[] worlds)
    {
        _nodes = nodes;
        _worlds = worlds;
        _ready = new RankSet(nodes.Length);
        _open = new RankSet(nodes.Length);
        foreach (ScheduleNode node in nodes) node.Jobs = new NodeJobs(this, node);
    }

    internal int WorkerCount => _workers.Length;
    internal ReadOnlySpan<ScheduleNode> Nodes => _nodes;
    internal ReadOnlySpan<WorkerState> Workers => _workers;
    internal long StartTicks { get; private set; }
    internal long EndTicks { get; private set; }

    /// <summary>Claims the executor for one call; <see cref="End"/> must follow.</summary>
    internal void Begin(string schedule, string method)
    {
        if (Interlocked.Exchange(ref _updating, 1) != 0)
            throw new InvalidOperationException($"{method} of schedule '{schedule}' was called while one of its calls is running already; a schedule runs one update at a time, and ends after it.");
    }

    internal void End() => Volatile.Write(ref _updating, 0);

    /// <summary>One update; between <see cref="Begin"/> and <see cref="End"/>.</summary>
    internal void Update(IThreadDispatcher? dispatcher, CancellationToken token, IProgress<SystemProgress>? progress)
    {
        int worlds = 0;
        bool began = false;
        bool done = false;
        try
        {
            for (; worlds < _worlds.Length; worlds++) _worlds[worlds].BeginUpdate();
            int workers = dispatcher?.ThreadCount ?? 1;
            if (workers is < 1 or > MostWorkers)
                throw new ArgumentOutOfRangeException(nameof(dispatcher), workers, $"{dispatcher!.GetType()} has that ThreadCount; a dispatcher must have at least one thread, and at most {MostWorkers}.");
            began = true;
            Prepare(workers, token, progress);
            if (dispatcher is null || workers == 1) Work(_workers[0]);
            else Dispatch(dispatcher);
            EndTicks = Stopwatch.GetTimestamp();
            _failure?.Throw();
            done = true;
        }
        finally
        {
            _progress = null;
            if (began && !done)
            {
                foreach (ScheduleNode node in _nodes) node.Failures++;
            }
            while (--worlds >= 0) _worlds[worlds].EndUpdate();
        }
    }

    /// <summary>One worker's share of an update.</summary>
    private void Work(WorkerState me)
    {
        RunningScope outer = Running.Scope;
        try
        {
            while (Volatile.Read(ref _finished) == 0)
            {
                if (!TakeWork(me)) WaitForWork(me, null);
            }
            me.Switch(-1);
        }
        finally
        {
            Running.Scope = outer;
        }
    }

    private void Prepare(int workers, CancellationToken token, IProgress<SystemProgress>? progress)
    {
        if (_workers.Length != workers)
        {
            _workers = new WorkerState[workers];
            for (int i = 0; i < workers; i++) _workers[i] = new WorkerState(i, _nodes.Length);
            // With more workers than processors a spinning one takes its time from a working one.
            _spin = workers > Environment.ProcessorCount ? 0 : Stopwatch.Frequency * 30 / 1_000_000;
        }
        foreach (WorkerState worker in _workers) worker.Reset();
        _ready.Clear();
        _open.Clear();
        _token = token;
        _progress = progress;
        _failure = null;
        _breach = null;
        _remaining = _nodes.Length;
        _running = _finishedSystems = _stopped = 0;
        _finished = _nodes.Length == 0 ? 1 : 0;
        StartTicks = EndTicks = Stopwatch.GetTimestamp();
        foreach (ScheduleNode node in _nodes)
        {
            node.Reset(workers);
            if (node.Pending == 0) _ready.Add(node.Rank);
        }
    }

    private bool TakeWork(WorkerState me)
    {
        int units = _open.First();
        int system = _ready.First();
        if (units >= 0 && (system < 0 || units < system)) return Help(me, _nodes[units], null);
        return system >= 0 && RunSystem(me, _nodes[system]);
    }

    private bool RunSystem(WorkerState me, ScheduleNode node)
    {
        // Counted before the look at _stopped: whoever stops the update then knows of every system that still runs.
        Interlocked.Increment(ref _running);
        if (_token.IsCancellationRequested) Stop(new OperationCanceledException(_token));
        bool mine = _ready.Take(node.Rank);
        if (mine && Volatile.Read(ref _stopped) == 0)
        {
            node.StartTicks = me.Switch(node.Rank);
            node.Phase += 2; // Another worker may have run it before: commands of both must not stand beside each other.
            Enter(node, me, inUnit: false);
            bool done = TryInvoke(node);
            Running.Scope = default;
            node.EndTicks = me.Switch(-1);
            if (done) Complete(node);
        }
        if (Interlocked.Decrement(ref _running) == 0 && Volatile.Read(ref _stopped) != 0) Finish();
        return mine;
    }

    private bool TryInvoke(ScheduleNode node)
    {
        try
        {
            node.Attach(node.Jobs!);
            node.Invoke();
            Report(node);
            return true;
        }
#pragma warning disable CA1031 // Every failure ends the update and is rethrown by it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Stop(exception);
            return false;
        }
        finally
        {
            node.Attach(Jobs.Serial);
        }
    }

    private void Report(ScheduleNode node)
    {
        if (_progress is null) return;
        lock (_progressGate) _progress.Report(new SystemProgress(node.Name, ++_finishedSystems, _nodes.Length));
    }

    private void Complete(ScheduleNode node)
    {
        int ready = 0;
        foreach (ScheduleNode successor in node.Successors)
        {
            if (Interlocked.Decrement(ref successor.Pending) != 0) continue;
            _ready.Add(successor.Rank);
            ready++;
        }
        // This worker takes one of them itself, unless it goes to help with units first.
        if (_open.First() < 0) ready--;
        if (ready > 0) Wake(ready, forUnits: false);
        if (Interlocked.Decrement(ref _remaining) == 0) Finish();
    }

    /// <summary>The first failure ends the update; later ones, which it may have caused, are dropped.</summary>
    private void Stop(Exception exception)
    {
        if (Volatile.Read(ref _stopped) != 0) return;
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        Interlocked.Exchange(ref _stopped, 1);
    }

    private void Finish()
    {
        Interlocked.Exchange(ref _finished, 1);
        Wake(_workers.Length, forUnits: true, all: true);
    }

    private static void Enter(ScheduleNode node, WorkerState me, bool inUnit) =>
        Running.Scope = new RunningScope { Access = node.Access, Node = node, Worker = me.Index, InUnit = inUnit, Phase = node.Phase };
}

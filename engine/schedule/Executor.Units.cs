using System.Diagnostics;

namespace Fmm.Engine;

/// <content>Units, and waiting.</content>
internal sealed partial class Executor
{
    /// <summary>A coordinator's For.</summary>
    internal void For(int worker, ScheduleNode node, int units, IJob job)
    {
        if (units == 0) return;
        WorkerState me = _workers[worker];
        node.UnitsDone += units;
        node.Phase++;
        if (units == 1 || _workers.Length == 1)
        {
            RunInline(node, me, units, job);
            return;
        }
        // Claims cost about 0.1 us: matters only for units by the hundred thousand, which are tiny then.
        int batch = Math.Max(1, units / (_workers.Length * 1024));
        // Open first: whoever claims the last units, perhaps a helper still at this node, takes the mark away again.
        _open.Add(node.Rank);
        node.Post(units, batch, job, me);
        Wake(Math.Min(_workers.Length - 1, (units - 1) / batch), forUnits: true);
        while (Volatile.Read(ref node.Done) != units)
        {
            int open = _open.First();
            if (open < 0 || !Help(me, _nodes[open], node)) WaitForWork(me, node);
        }
        node.Withdraw();
        node.Phase++;
        me.Switch(node.Rank);
        Enter(node, me, inUnit: false);
        node.Error?.Throw();
        ThrowIfStopped();
    }

    private void RunInline(ScheduleNode node, WorkerState me, int units, IJob job)
    {
        Enter(node, me, inUnit: true);
        try
        {
            ref RunningScope scope = ref Running.Scope;
            for (int unit = 0; unit < units && !IsStopped(); unit++)
            {
                scope.Unit = unit;
                job.Execute(unit, me.Index);
            }
        }
        finally
        {
            node.Phase++;
            Enter(node, me, inUnit: false);
        }
        ThrowIfStopped();
    }

    /// <summary>Runs units of a posted For until there is none left or something better to do.</summary>
    /// <param name="me">The worker.</param>
    /// <param name="node">Whose units.</param>
    /// <param name="own">The For that this worker itself waits for, if it is a coordinator.</param>
    /// <returns>Whether any unit was run.</returns>
    private bool Help(WorkerState me, ScheduleNode node, ScheduleNode? own)
    {
        bool any = false;
        while (node.TryClaim(out int from, out int to))
        {
            int units = node.Units;
            if (to == units) _open.Take(node.Rank);
            // The node may have posted its next For meanwhile: the scope follows its phase.
            if (!any || Running.Scope.Phase != node.Phase)
            {
                me.Switch(node.Rank);
                Enter(node, me, inUnit: true);
                any = true;
            }
            RunUnits(node, from, to, me.Index);
            WorkerState coordinator = node.Coordinator!;
            if (Interlocked.Add(ref node.Done, to - from) == units && coordinator != me) WakeCoordinator(coordinator);
            if (own is not null && Volatile.Read(ref own.Done) == own.Units) break;
            int better = _open.First();
            if (better >= 0 && better < node.Rank) break;
            if (own is null && _ready.First() is >= 0 and var ready && ready < node.Rank) break;
        }
        return any;
    }

    private void RunUnits(ScheduleNode node, int from, int to, int worker)
    {
        IJob job = node.Job!;
        ref RunningScope scope = ref Running.Scope;
        try
        {
            for (int unit = from; unit < to; unit++)
            {
                // What is left of a For that failed, or of an update that ended, is counted as done without being run.
                if (IsStopped() || node.Error is not null) return;
                scope.Unit = unit;
                job.Execute(unit, worker);
            }
        }
#pragma warning disable CA1031 // The coordinator rethrows it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            node.Fail(exception);
        }
    }

    private bool IsStopped() => Volatile.Read(ref _stopped) != 0 || _token.IsCancellationRequested;

    private void ThrowIfStopped()
    {
        _token.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _stopped) != 0)
            throw new OperationCanceledException("The update ended because another system failed.");
    }

    /// <summary>Until there may be work, the awaited units are done, or the update is: spins for about 30 us, then sleeps.</summary>
    private void WaitForWork(WorkerState me, ScheduleNode? own)
    {
        if (MayGoOn(own)) return;
        long limit = me.Switch(-1) + _spin;
        while (Stopwatch.GetTimestamp() < limit)
        {
            Thread.SpinWait(8);
            if (MayGoOn(own)) return;
        }
        Interlocked.Exchange(ref me.Sleep, own is null ? WorkerState.Idle : WorkerState.Waiting);
        // A waker that takes the mark back has sent a signal, which must then be taken.
        if (MayGoOn(own) && Interlocked.Exchange(ref me.Sleep, WorkerState.Awake) != WorkerState.Awake) return;
        me.Parking.Sleep();
    }

    private bool MayGoOn(ScheduleNode? own)
    {
        if (_open.First() >= 0) return true;
        if (own is not null) return Volatile.Read(ref own.Done) == own.Units;
        return _ready.First() >= 0 || Volatile.Read(ref _finished) != 0;
    }

    /// <summary>Wakes sleeping workers, but no more than there are processors for.</summary>
    private void Wake(int wanted, bool forUnits, bool all = false)
    {
        int free = Environment.ProcessorCount;
        foreach (WorkerState worker in _workers)
            if (Volatile.Read(ref worker.Sleep) == WorkerState.Awake) free--;
        if (!all) wanted = Math.Min(wanted, free);
        foreach (WorkerState worker in _workers)
        {
            if (wanted <= 0) return;
            int sleep = Volatile.Read(ref worker.Sleep);
            if (sleep == WorkerState.Awake || (sleep == WorkerState.Waiting && !forUnits)) continue;
            if (Interlocked.CompareExchange(ref worker.Sleep, WorkerState.Awake, sleep) != sleep) continue;
            worker.Parking.Wake();
            wanted--;
        }
    }

    private static void WakeCoordinator(WorkerState coordinator)
    {
        if (Interlocked.CompareExchange(ref coordinator.Sleep, WorkerState.Awake, WorkerState.Waiting) == WorkerState.Waiting)
            coordinator.Parking.Wake();
    }
}

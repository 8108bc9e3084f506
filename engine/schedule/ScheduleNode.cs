using System.Runtime.ExceptionServices;

namespace Fmm.Engine;

/// <summary>A system in a schedule: its place in the graph, and the state of its running update.</summary>
internal abstract class ScheduleNode
{
    private const int NextBits = 32;
    private const long NextMask = (1L << NextBits) - 1;

    /// <summary>Generation of the posted For (odd: closed), and its next unclaimed unit. One word, so that a claim and the For
    /// that it belongs to can't come apart.</summary>
    private long _claim;

    internal required string Name { get; init; }
    internal required int Declared { get; init; }
    internal Access Access { get; set; } = Access.Exclusive;

    /// <summary>Place by priority: predecessors come before successors.</summary>
    internal int Rank { get; set; }

    /// <summary>Systems on the longest path from here to the end, this one included.</summary>
    internal int PathToEnd { get; set; }

    internal List<ScheduleNode> Predecessors { get; } = [];
    internal List<ScheduleNode> Successors { get; } = [];
    internal List<ScheduleNode> Beside { get; } = [];

    internal Counters Counters { get; } = new();
    internal NodeJobs? Jobs { get; set; }
    internal long StartTicks { get; set; }
    internal long EndTicks { get; set; }
    internal long UnitsDone { get; set; }

    /// <summary>See <see cref="RunningScope.Phase"/>; odd: between Fors.</summary>
    internal long Phase { get; set; } = 1;

    /// <summary>Updates of the schedule that failed or were cancelled; what was recorded before is not to be played back.</summary>
    internal long Failures { get; set; }

    internal IJob? Job { get; private set; }
    internal int Units { get; private set; }
    internal int Batch { get; private set; }
    internal WorkerState? Coordinator { get; private set; }
    internal ExceptionDispatchInfo? Error => _error;

    internal int Pending;
    internal int Done;
    private ExceptionDispatchInfo? _error;

    internal abstract Type SystemType { get; }

    /// <summary>Runs the system's update.</summary>
    internal abstract void Invoke();

    /// <summary>Whether an order by that type may mean this system.</summary>
    internal abstract bool StandsFor(Type type);

    internal abstract void Attach(Jobs jobs);

    internal void Post(int units, int batch, IJob job, WorkerState coordinator)
    {
        // Closed first: a late helper must not claim by the old word what it reads from the new fields.
        long generation = (_claim >> NextBits) + 1;
        Interlocked.Exchange(ref _claim, (generation << NextBits) | NextMask);
        Job = job;
        Units = units;
        Batch = batch;
        Coordinator = coordinator;
        Done = 0;
        _error = null;
        Volatile.Write(ref _claim, (generation + 1) << NextBits);
    }

    internal void Withdraw() => Job = null;

    /// <summary>Takes the next units of the posted For.</summary>
    /// <returns>Whether there were any.</returns>
    internal bool TryClaim(out int from, out int to)
    {
        while (true)
        {
            long claim = Volatile.Read(ref _claim);
            long next = claim & NextMask;
            int units = Units;
            from = to = 0;
            if (next >= units) return false;
            from = (int)next;
            to = (int)Math.Min(next + Batch, units);
            // Success says that this For is still the posted one and not done, so that what was read above belongs to it.
            if (Interlocked.CompareExchange(ref _claim, claim + (to - from), claim) == claim) return true;
        }
    }

    internal void Fail(Exception exception) =>
        Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(exception), null);

    internal void Reset(int workers)
    {
        Pending = Predecessors.Count;
        StartTicks = EndTicks = 0;
        UnitsDone = 0;
        Counters.Prepare(workers);
    }
}

/// <inheritdoc/>
internal sealed class ScheduleNode<T>(Schedule<T> schedule, Place<T> place) : ScheduleNode
{
    internal ISystem<T> System { get; } = place.System;

    internal override Type SystemType => System.GetType();

    internal override void Invoke() => System.Update(in schedule.State);

    internal override void Attach(Jobs jobs) => (System as IDeclared)?.Attach(jobs, Counters);

    internal override bool StandsFor(Type type) => place.StandsFor(type);
}

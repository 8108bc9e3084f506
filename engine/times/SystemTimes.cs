using System.Diagnostics;

namespace Fmm.Engine;

/// <summary>Who spent what in a schedule's last update. Always taken; taking it allocates nothing.</summary>
public sealed class SystemTimes
{
    private readonly Executor _executor;

    internal SystemTimes(string schedule, Executor executor)
    {
        Schedule = schedule;
        _executor = executor;
    }

    /// <summary>The schedule's name.</summary>
    public string Schedule { get; }

    /// <summary>Number of systems; they stand in the order of <see cref="Schedule{T}.Explain"/>.</summary>
    public int Count => _executor.Nodes.Length;

    /// <summary>Workers of the last update.</summary>
    public int Workers => _executor.WorkerCount;

    /// <summary>Wall time of the last update.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(_executor.StartTicks, _executor.EndTicks).TotalSeconds;

    /// <summary>What one system declares to touch.</summary>
    internal Access AccessOf(int index) => _executor.Nodes[index].Access;

    /// <summary>Time that workers spent in systems, summed.</summary>
    public double BusySeconds
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Count; i++) sum += this[i].BusySeconds;
            return sum;
        }
    }

    /// <summary>One system's.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public SystemTime this[int index]
    {
        get
        {
            ScheduleNode node = _executor.Nodes[index];
            long busy = 0;
            foreach (WorkerState worker in _executor.Workers) busy += worker.BusyTicks(index);
            return new SystemTime(
                node.Name,
                node.StartTicks == 0 ? 0 : InSeconds(node.StartTicks - _executor.StartTicks),
                InSeconds(node.EndTicks - node.StartTicks),
                InSeconds(busy),
                node.UnitsDone,
                node.Counters.Pairs,
                node.Counters.Flops,
                node.Counters.Bytes);
        }
    }

    /// <summary>One system's.</summary>
    /// <param name="system">Its name.</param>
    /// <exception cref="ArgumentException">The schedule has no such system.</exception>
    public SystemTime this[string system]
    {
        get
        {
            ReadOnlySpan<ScheduleNode> nodes = _executor.Nodes;
            for (int i = 0; i < nodes.Length; i++)
                if (nodes[i].Name == system) return this[i];
            throw new ArgumentException($"Schedule '{Schedule}' has no system '{system}'.", nameof(system));
        }
    }

    /// <summary>The times as a table; see <see cref="TimesTable"/>.</summary>
    public override string ToString() => TimesTable.Format(this);

    internal Executor Executor => _executor;

    private static double InSeconds(long ticks) => ticks / (double)Stopwatch.Frequency;
}

using System.Diagnostics;

namespace Fmm.Engine;

/// <summary>What one worker keeps: where it sleeps, and whose time it spends.</summary>
internal sealed class WorkerState(int index, int systems)
{
    /// <summary>Awake.</summary>
    internal const int Awake = 0;

    /// <summary>Asleep for want of work; may be woken for units or a system.</summary>
    internal const int Idle = 1;

    /// <summary>Asleep inside a For; may be woken for units, and is when its own are done.</summary>
    internal const int Waiting = 2;

    private readonly long[] _busy = new long[systems];
    private int _current = -1;
    private long _since;

    internal int Index { get; } = index;
    internal Parking Parking { get; } = new();
    internal TraceLog Log { get; } = new();

    internal int Sleep;

    /// <summary>1: the dispatcher has called Run for this worker in this update.</summary>
    internal int Entered;

    internal void Reset()
    {
        Array.Clear(_busy);
        Log.Clear();
        _current = -1;
        Sleep = Awake;
        Entered = 0;
    }

    /// <summary>From now on the worker's time goes to another system; -1: to none.</summary>
    /// <returns>The time.</returns>
    internal long Switch(int rank)
    {
        long now = Stopwatch.GetTimestamp();
        if (rank == _current) return now;
        if (_current >= 0)
        {
            _busy[_current] += now - _since;
            Log.Add(_current, _since, now);
        }
        _current = rank;
        _since = now;
        return now;
    }

    internal long BusyTicks(int rank) => _busy[rank];
}

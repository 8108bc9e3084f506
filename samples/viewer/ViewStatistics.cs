using System.Diagnostics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Where a step's time goes and what should stay as it is, a few times a second. The thread that steps writes and threads of the server
/// read; it skips a turn rather than wait for them.
/// </summary>
internal sealed class ViewStatistics
{
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly SystemTimes _times;
    private readonly IReadOnlyList<Invariant> _invariants;
    private readonly SimulationClock _clock;
    private readonly double[] _sums;
    private readonly double[] _systems;
    private readonly double[] _values;
    private double _sum;
    private int _steps;
    private long _told;
    private long _toldStep;

    /// <summary>Statistics of a simulation whose first field stands.</summary>
    public ViewStatistics(Simulation simulation)
    {
        (_times, _invariants, _clock) = (simulation.Schedule.Times, simulation.Invariants, simulation.Clock);
        _sums = new double[_times.Count];
        _systems = new double[_times.Count];
        _values = new double[_invariants.Count];
        _told = Stopwatch.GetTimestamp();
        _toldStep = _clock.Steps;
    }

    /// <summary>Goes up whenever there is something new to tell.</summary>
    public int Version { get; private set; }

    /// <summary>The step that was told last.</summary>
    public long Step { get; private set; }

    /// <summary>The scene's time then.</summary>
    public double Time { get; private set; }

    /// <summary>Mean wall time of the steps since the one told before.</summary>
    public double Seconds { get; private set; }

    /// <summary>Steps a second since then, waiting included.</summary>
    public double Rate { get; private set; }

    /// <summary>Adds a step up.</summary>
    /// <param name="seconds">Its wall time; 0 for the first field, which is no step.</param>
    /// <param name="isLast">Whether to tell now, however short the time.</param>
    public void Add(double seconds, bool isLast)
    {
        for (int i = 0; i < _sums.Length; i++) _sums[i] += _times[i].BusySeconds;
        _sum += seconds;
        _steps++;
        double elapsed = Stopwatch.GetElapsedTime(_told).TotalSeconds;
        if ((!isLast && elapsed < _turn.TotalSeconds) || !Monitor.TryEnter(_gate)) return;
        try
        {
            for (int i = 0; i < _sums.Length; i++) (_systems[i], _sums[i]) = (_sums[i] / _steps, 0);
            for (int i = 0; i < _values.Length; i++) _values[i] = _invariants[i].Now();
            (Step, Time, Seconds) = (_clock.Steps, _clock.Time, _sum / _steps);
            Rate = elapsed > 0 ? (Step - _toldStep) / elapsed : 0;
            (_sum, _steps, _told, _toldStep) = (0, 0, Stopwatch.GetTimestamp(), Step);
            Version++;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Reads them while they stand.</summary>
    /// <param name="read">Gets busy seconds by system and the invariants' values.</param>
    public void Read(Action<double[], double[]> read)
    {
        lock (_gate) read(_systems, _values);
    }
}

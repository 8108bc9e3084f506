using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Where the time of an evaluation went and what was done, added up over the updates that it took, one a charge vector.</summary>
internal sealed class SeriesWork
{
    private FmmSeconds.Phases _phases;
    private double[] _busy = [];
    private (long Pairs, long Flops)[] _counts = [];
    private int _updates;

    /// <summary>Adds the last update of a schedule, or begins with it.</summary>
    public void Take(SystemTimes times, bool first)
    {
        if (_busy.Length != times.Count) (_busy, _counts) = (new double[times.Count], new (long, long)[times.Count]);
        if (first)
        {
            _phases = default;
            _updates = 0;
            Array.Clear(_busy);
            Array.Clear(_counts);
        }
        _phases += FmmSeconds.Read(times, _busy);
        for (int i = 0; i < _counts.Length; i++) _counts[i] = (_counts[i].Pairs + times[i].Pairs, _counts[i].Flops + times[i].Flops);
        _updates++;
    }

    /// <summary>The time.</summary>
    public FmmSeconds Seconds(SystemTimes times)
    {
        KeyValuePair<string, double>[] bySystem = new KeyValuePair<string, double>[_busy.Length];
        for (int i = 0; i < bySystem.Length; i++) bySystem[i] = new(times[i].System, _busy[i]);
        return new FmmSeconds(_phases.Tree, _phases.Lists, _phases.Operators, _phases.Evaluate, bySystem);
    }

    /// <summary>What each system had to do.</summary>
    public SystemWork[] Systems(World world, SystemTimes times)
    {
        SystemWork[] work = new SystemWork[_counts.Length];
        for (int i = 0; i < work.Length; i++) work[i] = new SystemWork(times[i].System, _counts[i].Pairs, _counts[i].Flops, _updates * world.ColumnBytes(times.AccessOf(i)));
        return work;
    }
}

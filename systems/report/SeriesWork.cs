using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Where the time of an evaluation went and what was done, over the updates that it took, one a charge vector. The schedule itself has the last update's: those before it
/// are added up here.
/// </summary>
internal sealed class SeriesWork
{
    private FmmSeconds.Phases _phases;
    private double[] _busy = [];
    private (long Pairs, long Flops)[] _counts = [];
    private int _before;

    /// <summary>Begins with the first update.</summary>
    public void Begin()
    {
        _phases = default;
        _before = 0;
        Array.Clear(_busy);
        Array.Clear(_counts);
    }

    /// <summary>Adds the schedule's last update, before another replaces it.</summary>
    public void Add(SystemTimes times)
    {
        if (_busy.Length != times.Count) (_busy, _counts) = (new double[times.Count], new (long, long)[times.Count]);
        _phases += FmmSeconds.Read(times, _busy);
        for (int i = 0; i < _counts.Length; i++)
        {
            SystemTime time = times[i];
            _counts[i] = (_counts[i].Pairs + time.Pairs, _counts[i].Flops + time.Flops);
        }
        _before++;
    }

    /// <summary>The time, with the last update's.</summary>
    public FmmSeconds Seconds(SystemTimes times)
    {
        double[] busy = new double[times.Count];
        _busy.CopyTo(busy, 0);
        FmmSeconds.Phases phases = _phases + FmmSeconds.Read(times, busy);
        KeyValuePair<string, double>[] bySystem = new KeyValuePair<string, double>[busy.Length];
        for (int i = 0; i < bySystem.Length; i++) bySystem[i] = new(times[i].System, busy[i]);
        return new FmmSeconds(phases.Tree, phases.Lists, phases.Operators, phases.Evaluate, bySystem);
    }

    /// <summary>What each system had to do, with the last update's.</summary>
    public SystemWork[] Systems(World world, SystemTimes times)
    {
        SystemWork[] work = new SystemWork[times.Count];
        for (int i = 0; i < work.Length; i++)
        {
            SystemTime time = times[i];
            (long pairs, long flops) = i < _counts.Length ? _counts[i] : default;
            work[i] = new SystemWork(time.System, pairs + time.Pairs, flops + time.Flops, (_before + 1) * world.ColumnBytes(times.AccessOf(i)));
        }
        return work;
    }
}

using System.Diagnostics;

namespace Fmm.Samples;

/// <summary>What viewers ask of the run: pause, single step, a limit of speed, to begin anew. Viewers call from threads of the server, the run from its own.</summary>
internal sealed class ViewControl
{
    private readonly object _gate = new();
    private double _limit;
    private int _allowed;
    private bool _restart;
    private long _version;
    private long _lastStep;

    /// <summary>Whether the run stands still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Steps a second at most; 0 for no limit.</summary>
    public double Limit => Volatile.Read(ref _limit);

    /// <summary>Goes up with every change, of views, too.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Stops, or goes on.</summary>
    public void Pause(bool isPaused) => Change(() => (IsPaused, _allowed) = (isPaused, 0));

    /// <summary>Takes one step and stands still again.</summary>
    public void Step() => Change(() =>
    {
        _allowed = IsPaused ? _allowed + 1 : 1;
        IsPaused = true;
    });

    /// <summary>Limits the speed.</summary>
    /// <param name="limit">Steps a second, at least one a minute; 0 for no limit.</param>
    public void Slow(double limit) => Change(() => _limit = double.IsFinite(limit) && limit > 0 ? Math.Max(limit, 1.0 / 60) : 0);

    /// <summary>Begins the scene anew.</summary>
    public void Restart() => Change(() => _restart = true);

    /// <summary>Something that a viewer sees has changed: the run looks at its viewers again.</summary>
    public void Touch() => Change(() => { });

    /// <summary>Whether the scene is to begin anew; a second call says no.</summary>
    public bool TakeRestart()
    {
        lock (_gate)
        {
            bool restart = _restart;
            _restart = false;
            return restart;
        }
    }

    /// <summary>Whether the next step may begin now; takes one that was allowed.</summary>
    /// <param name="wait">How long to wait before asking again, where it may not.</param>
    public bool MayStep(out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = TimeSpan.FromMilliseconds(50);
            if (IsPaused)
            {
                if (_allowed == 0) return false;
                _allowed--;
            }
            else if (_limit > 0 && _lastStep != 0)
            {
                TimeSpan left = TimeSpan.FromSeconds(1 / _limit) - Stopwatch.GetElapsedTime(_lastStep);
                if (left > TimeSpan.Zero)
                {
                    if (left < wait) wait = left;
                    return false;
                }
            }

            _lastStep = Stopwatch.GetTimestamp();
            return true;
        }
    }

    /// <summary>Waits until something has changed since a version, at most so long.</summary>
    public void Wait(long version, TimeSpan most)
    {
        lock (_gate)
        {
            if (_version == version) Monitor.Wait(_gate, most);
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _version++;
            Monitor.PulseAll(_gate);
        }
    }
}

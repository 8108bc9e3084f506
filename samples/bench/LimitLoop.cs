using System.Diagnostics;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>A loop whose speed is a limit of the machine; runs on all threads at once, and the fastest of many short tries counts.</summary>
internal abstract class LimitLoop : IWorker
{
    private const int Tries = 80;
    private int _repetitions = 1;

    /// <summary>Work of one repetition on one thread, in the unit of the rate.</summary>
    protected abstract double Work { get; }

    /// <summary>Work a second of all threads together.</summary>
    public double Rate(IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        // Long enough that waking the threads is lost in it, short enough to fall between two turns of other programs.
        const double Short = 0.002;
        _repetitions = 1;
        double seconds = Time(dispatcher);
        while (seconds < Short)
        {
            _repetitions *= 2;
            seconds = Time(dispatcher);
        }

        double best = seconds;
        for (int i = 0; i < Tries; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            best = Math.Min(best, Time(dispatcher));
        }

        return Work * _repetitions * dispatcher.ThreadCount / best;
    }

    /// <inheritdoc/>
    public void Run(int worker) => Repeat(worker, _repetitions);

    /// <summary>The loop on one thread.</summary>
    protected abstract void Repeat(int worker, int repetitions);

    private double Time(IThreadDispatcher dispatcher)
    {
        long start = Stopwatch.GetTimestamp();
        dispatcher.Dispatch(this);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

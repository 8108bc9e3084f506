using System.Diagnostics;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// A loop whose speed is a limit of the machine. All threads run it side by side for a while, in turns so short that the
/// scheduler seldom cuts one; the fastest turn of each thread counts, so that other programs' load lowers the figure little.
/// </summary>
internal abstract class LimitLoop : IWorker
{
    private const double TurnSeconds = 0.0005;
    private const double Seconds = 0.25;

    // A cache line a worker.
    private const int Stride = 16;
    private int _repetitions = 1;
    private double[] _fastest = [];
    private CancellationToken _cancellation;

    /// <summary>Work of one repetition on one thread, in the unit of the rate.</summary>
    protected abstract double Work { get; }

    /// <summary>Work a second of all threads together.</summary>
    public double Rate(IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _repetitions = 1;
        while (Turn(0) < TurnSeconds) _repetitions *= 2;
        _fastest = new double[Stride * dispatcher.ThreadCount];
        Array.Fill(_fastest, double.PositiveInfinity);
        dispatcher.Dispatch(this);
        cancellation.ThrowIfCancellationRequested();
        double rate = 0;
        for (int worker = 0; worker < dispatcher.ThreadCount; worker++) rate += Work * _repetitions / _fastest[Stride * worker];
        return rate;
    }

    /// <inheritdoc/>
    public void Run(int worker)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            _fastest[Stride * worker] = Math.Min(_fastest[Stride * worker], Turn(worker));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds && !_cancellation.IsCancellationRequested);
    }

    /// <summary>The loop on one thread.</summary>
    protected abstract void Repeat(int worker, int repetitions);

    private double Turn(int worker)
    {
        long start = Stopwatch.GetTimestamp();
        Repeat(worker, _repetitions);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

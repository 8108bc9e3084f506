namespace Fmm.Engine;

/// <summary>Runs the units of a job on the workers at hand.</summary>
public abstract class Jobs
{
    private protected Jobs()
    {
    }

    /// <summary>The executor that runs every unit in order on the calling thread.</summary>
    public static Jobs Serial { get; } = new SerialJobs();

    /// <summary>Workers that may call <see cref="IJob.Execute"/>; their numbers run from 0.</summary>
    public abstract int WorkerCount { get; }

    /// <summary>
    /// Runs all units and returns when the last is done. Allocates nothing on the managed heap.
    /// </summary>
    /// <param name="units">Number of units; 0 returns at once.</param>
    /// <param name="job">The work.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Called from inside a unit: cut the work finer instead.</exception>
    /// <exception cref="OperationCanceledException">The running update was cancelled, or stopped because another system
    /// failed; units that had not begun were left out. An exception of a unit is rethrown as it is, once.</exception>
    public abstract void For(int units, IJob job);

    private sealed class SerialJobs : Jobs
    {
        public override int WorkerCount => 1;

        public override void For(int units, IJob job)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(units);
            ArgumentNullException.ThrowIfNull(job);
            for (int unit = 0; unit < units; unit++) job.Execute(unit, 0);
        }
    }
}

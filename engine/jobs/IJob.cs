namespace Fmm.Engine;

/// <summary>Work cut into units that may run in any order, on any thread.</summary>
public interface IJob
{
    /// <summary>Does one unit. It writes only rows that are its own, so that results do not depend on order or thread.</summary>
    /// <param name="unit">0 to the number of units - 1.</param>
    /// <param name="worker">The running worker's number, 0 to <see cref="Jobs.WorkerCount"/> - 1: an index into scratch
    /// memory held a worker, never into results.</param>
    void Execute(int unit, int worker);
}

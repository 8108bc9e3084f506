namespace Fmm.Engine;

/// <summary>The executor that a system sees during its update: its units go to all workers of the schedule.</summary>
internal sealed class NodeJobs(Executor executor, ScheduleNode node) : Jobs
{
    public override int WorkerCount => executor.WorkerCount;

    public override void For(int units, IJob job)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentNullException.ThrowIfNull(job);
        ref RunningScope scope = ref Running.Scope;
        if (!ReferenceEquals(scope.Node, node))
            throw new InvalidOperationException($"These jobs belong to the running update of system '{node.Name}'; call For on the thread of that update, while it runs.");
        if (scope.InUnit)
            throw new InvalidOperationException($"A unit of system '{node.Name}' called For; units can't be cut further: make more of them in the outer For.");
        executor.For(scope.Worker, node, units, job);
    }
}

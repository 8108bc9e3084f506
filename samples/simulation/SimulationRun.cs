using System.Diagnostics;

namespace Fmm.Samples;

/// <summary>The loop of a scene that moves: steps it, lets everyone who watches see, and tells how it went.</summary>
public static class SimulationRun
{
    /// <summary>Runs to the last step.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the step that ran then has ended, and so have all that watch.</exception>
    public static void Run(Simulation simulation, SceneRequest request, int steps)
    {
        int bodies = simulation.World.CountEntities(simulation.Bodies);
        Checkpoint.Require(simulation, request, bodies);
        ISimulationObserver[] all = [.. Observers(simulation, request, steps, bodies)];
        using ObserverSet observers = new(all);
        simulation.Begin();
        Checkpoint.Resume(simulation, request, steps);
        observers.Begin(simulation);
        while (simulation.Clock.Steps < steps && !request.Cancellation.IsCancellationRequested)
        {
            long begin = Stopwatch.GetTimestamp();
            simulation.Step();
            observers.AfterStep(simulation, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        observers.End(simulation);
        if (simulation.Clock.Steps < steps) request.Cancellation.ThrowIfCancellationRequested();
        CheckReport.Conclude(request, all.OfType<StepLog>().Single().Checks);
    }

    // Each option of the command that watches adds its observer here.
    private static IEnumerable<ISimulationObserver> Observers(Simulation simulation, SceneRequest request, int steps, int bodies)
    {
        yield return new StepLog(request, steps);
        if (request.LongRun?.Checkpoint is not null) yield return new Checkpoint(request, bodies);
        if (request.Pictures is { } pictures) yield return new StillWriter(pictures.Folder, pictures.Every, request.Terminal);
        if (request.Series is { } series) yield return new SeriesWriter(series.File, series.Every ?? Math.Max(1, steps / 10), steps, request.Terminal.Outputs);
        // The last: it waits at the end while a page is open, and by then all files are whole.
        if (request.Viewer is { } viewer) yield return viewer.Observe(steps);
    }
}

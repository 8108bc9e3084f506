using System.Diagnostics;

namespace Fmm.Samples;

/// <summary>The loop of a scene that moves: steps it, lets everyone who watches see, and tells how it went.</summary>
public static class SimulationRun
{
    /// <summary>Runs to the last step.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    public static void Run(Simulation simulation, SceneRequest request, int steps)
    {
        using ObserverSet observers = new(Observers(simulation, request, steps));
        simulation.Begin();
        observers.Begin(simulation);
        while (simulation.Clock.Steps < steps)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            long begin = Stopwatch.GetTimestamp();
            simulation.Step();
            observers.AfterStep(simulation, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        observers.End(simulation);
    }

    // Each option of the command that watches adds its observer here.
    private static IEnumerable<ISimulationObserver> Observers(Simulation simulation, SceneRequest request, int steps)
    {
        yield return new StepLog(request, steps);
        if (request.Pictures is { } pictures) yield return new StillWriter(pictures.Folder, pictures.Every, request.Terminal);
        if (request.Series is { } series) yield return new SeriesWriter(series.File, series.Every ?? Math.Max(1, steps / 10), steps, request.Terminal.Outputs);
        // The last: it waits at the end while a page is open, and by then all files are whole.
        if (request.Viewer is { } viewer) yield return viewer.Observe(steps);
    }
}

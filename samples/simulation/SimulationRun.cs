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
        ISimulationObserver[] all = [.. Observers(simulation, request, steps)];
        using ObserverSet observers = new(all);
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
        CheckReport.Conclude(request, all.OfType<StepLog>().Single().Checks);
    }

    // Each option of the command that watches adds its observer here.
    private static IEnumerable<ISimulationObserver> Observers(Simulation simulation, SceneRequest request, int steps)
    {
        yield return new StepLog(request, steps);
    }
}

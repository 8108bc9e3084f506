namespace Fmm.Samples;

/// <summary>The loop of a scene that moves: steps it, lets everyone who watches see, and tells how it went.</summary>
public static class SimulationRun
{
    /// <summary>Runs to the last step.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the step that ran then has ended, and all that watch have written what they have.</exception>
    /// <exception cref="DivergedException">A number of the state is not finite, or the method refuses the state.</exception>
    public static void Run(Simulation simulation, SceneRequest request, int steps)
    {
        using SimulationLoop loop = new(simulation, request, steps);
        loop.Begin();
        while (loop.GoesOn) loop.Step();
        loop.End();
        CheckReport.Conclude(request, loop.Checks);
    }
}

using Fmm.Files;

namespace Fmm.Samples;

/// <summary>
/// Writes the world to a file as a run goes, and brings it back. After each checkpoint the method begins afresh, in the run that goes on and in one that is
/// resumed: both take the same way, and their bits are the same.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="bodies">Bodies at the beginning of the run.</param>
internal sealed class Checkpoint(SceneRequest request, int bodies) : ISimulationObserver
{
    private long _written = -1;

    /// <summary>Refuses a checkpoint that this run can't go on from, and a file that can't be written, before anything is computed.</summary>
    /// <param name="simulation">The scene at its beginning.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="bodies">Bodies at the beginning of the run.</param>
    /// <exception cref="InputException">It is of another run.</exception>
    /// <exception cref="DataFileException">The file is missing, no checkpoint, or damaged.</exception>
    public static void Require(Simulation simulation, SceneRequest request, int bodies)
    {
        if (request.LongRun?.Resume is string file) RunIdentity.Require(file, WorldFile.ReadState(file), simulation, request, bodies);
        if (request.LongRun?.Checkpoint is string kept) new ReplacedFile(kept, request.Terminal.Outputs).Dispose();
    }

    /// <summary>Goes on from a checkpoint, if one is asked for. The first field has been computed before: what is measured against the start has seen it.</summary>
    /// <param name="simulation">The scene at its beginning.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <exception cref="InputException">It has been at the last step already.</exception>
    /// <exception cref="DataFileException">The file is missing, no checkpoint, or damaged; the world stands at its beginning.</exception>
    public static void Resume(Simulation simulation, SceneRequest request, int steps)
    {
        if (request.LongRun?.Resume is not string file) return;
        foreach (Invariant one in simulation.Invariants) one.Now();
        SavedState state = WorldFile.Restore(file, simulation.World);
        simulation.Recall?.Invoke(state);
        if (simulation.Clock.Steps >= steps)
            throw new InputException($"{LongRun.ResumeOption} {file}: the checkpoint is of step {simulation.Clock.Steps}, and --steps {steps} is no further; give more steps");
    }

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        if (request.LongRun!.Resume is not null) _written = simulation.Clock.Steps;
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        if (request.LongRun!.CheckpointEvery is int every && simulation.Clock.Steps % every == 0) Write(simulation);
    }

    /// <inheritdoc/>
    public void End(Simulation simulation)
    {
        if (simulation.Clock.Steps != _written) Write(simulation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(Simulation simulation)
    {
        SavedState state = new();
        RunIdentity.Keep(state, simulation, request, bodies);
        simulation.Keep?.Invoke(state);
        string file = request.LongRun!.Checkpoint!;
        try
        {
            WorldFile.Save(file, simulation.World, state, request.Terminal.Outputs);
        }
        catch (DataFileException fault)
        {
            throw new OutputException($"{LongRun.CheckpointOption} {fault.Message}");
        }
        _written = simulation.Clock.Steps;
    }
}

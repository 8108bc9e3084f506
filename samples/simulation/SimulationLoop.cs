using System.Diagnostics;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A run step by step: what watches it, where it begins, how a step can fail.</summary>
internal sealed class SimulationLoop : IDisposable
{
    private readonly Simulation _simulation;
    private readonly SceneRequest _request;
    private readonly int _steps;
    private readonly StateGuard _guard;
    private readonly ObserverSet _observers;
    private readonly StepLog _log;
    private readonly Action _step;

    /// <summary>Readies it: files are opened, and a checkpoint of another run is refused; nothing has been computed yet.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <exception cref="InputException">A file can't be used.</exception>
    public SimulationLoop(Simulation simulation, SceneRequest request, int steps)
    {
        (_simulation, _request, _steps, _step) = (simulation, request, steps, simulation.Step);
        int bodies = simulation.World.CountEntities(simulation.Bodies);
        Checkpoint.Require(simulation, request, bodies);
        _guard = new StateGuard(simulation);
        ISimulationObserver[] all = [.. Observers(request, steps, bodies)];
        _observers = new ObserverSet(all);
        _log = all.OfType<StepLog>().Single();
    }

    /// <summary>Whether steps are left, and none of them is cancelled.</summary>
    public bool GoesOn => _simulation.Clock.Steps < _steps && !_request.Cancellation.IsCancellationRequested;

    /// <summary>What the end was held to; empty before it.</summary>
    public IReadOnlyList<SceneCheck> Checks => _log.Checks;

    /// <summary>Computes the first field, and goes on from a checkpoint where one is asked for.</summary>
    public void Begin()
    {
        Guarded(_simulation.Begin);
        Checkpoint.Resume(_simulation, _request, _steps);
        _observers.Begin(_simulation);
    }

    /// <summary>Takes a step, which a first signal lets end.</summary>
    /// <exception cref="DivergedException">A number of the state is not finite, or the method refuses the state.</exception>
    public void Step()
    {
        long begin = Stopwatch.GetTimestamp();
        _request.Terminal.IsStepping = true;
        try
        {
            Guarded(_step);
        }
        finally
        {
            _request.Terminal.IsStepping = false;
        }
        _observers.AfterStep(_simulation, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    /// <summary>Lets all that watch write what they have.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped before its last step.</exception>
    public void End()
    {
        _observers.End(_simulation);
        if (_simulation.Clock.Steps >= _steps) return;
        string onward = _request.LongRun?.Checkpoint is string kept ? $"; {LongRun.ResumeOption} {kept} goes on from there" : "";
        _request.Terminal.Note($"stopped after step {_simulation.Clock.Steps} of {_steps}{onward}");
        _request.Cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => _observers.Dispose();

    // Each option of the command that watches adds its observer here.
    private static IEnumerable<ISimulationObserver> Observers(SceneRequest request, int steps, int bodies)
    {
        if (request.Terminal.Screen() is ProgressLine line) yield return new StepProgress(line, steps);
        yield return new StepLog(request, steps);
        if (request.LongRun?.Log is not null) yield return new RunLog(request, steps);
        if (request.LongRun?.Checkpoint is not null) yield return new Checkpoint(request, bodies);
        if (request.Pictures is { } pictures) yield return new StillWriter(pictures.Folder, pictures.Every, request.Terminal);
        if (request.Series is { } series) yield return new SeriesWriter(series.File, series.Every ?? Math.Max(1, steps / 10), steps, request.Terminal.Outputs);
        // The last: it waits at the end while a page is open, and by then all files are whole.
        if (request.Viewer is { } viewer) yield return viewer.Observe(steps);
    }

    private void Guarded(Action act)
    {
        long step = _guard.Step;
        try
        {
            act();
            _guard.AfterStep();
        }
        catch (Exception fault) when (fault is DivergedException or FieldRangeException || (fault is ArgumentException { ParamName: string input } && input.StartsWith(nameof(FmmMethod), StringComparison.Ordinal)))
        {
            string told = fault is DivergedException ? fault.Message : $"step {step}: {(fault is FieldRangeException ? nameof(GatherFields) : nameof(CheckInput))}: {fault.Message.TrimEnd('.')}";
            if (_request.LongRun?.Checkpoint is string kept && File.Exists(kept)) told += $"; the checkpoint {kept} stands as it was written";
            _observers.Fail(_simulation, told);
            throw new DivergedException(told, fault);
        }
    }
}

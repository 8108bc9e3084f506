using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A scene set up and ready to step: its world, the one schedule in which its own systems stand beside the method's, and what there is to
/// watch of it. <see cref="SimulationRun"/> steps it.
/// </summary>
public sealed class Simulation : IDisposable
{
    /// <summary>The scene's name.</summary>
    public required string Name { get; init; }

    /// <summary>Entities, resources, the method's rows.</summary>
    public World World => Method.World;

    /// <summary>Integrators, the method and whatever else the scene has, in their order.</summary>
    public Schedule<FmmStep> Schedule => Method.Schedule;

    /// <summary>The method in that schedule.</summary>
    public required FmmMethod Method { get; init; }

    /// <summary>The entities that move: rows with a <see cref="Fmm.Components.Position"/>, shown, written and saved.</summary>
    public required QueryDescription Bodies { get; init; }

    /// <summary>The time; a resource of the world, too.</summary>
    public required SimulationClock Clock { get; init; }

    /// <summary>The threads.</summary>
    public required IThreadDispatcher Threads { get; init; }

    /// <summary>Settings to tell at the start, by name.</summary>
    public IReadOnlyList<(string Name, object Value)> Head { get; init; } = [];

    /// <summary>What should stay as it is, or be told as it goes.</summary>
    public IReadOnlyList<Invariant> Invariants { get; init; } = [];

    /// <summary>What the end is held to.</summary>
    public Func<Simulation, IEnumerable<SceneCheck>> Checks { get; init; } = _ => [];

    /// <summary>One step, or null for one update of the schedule; several where an integrator has stages.</summary>
    public Action<Simulation>? StepBy { get; init; }

    /// <summary>Keeps for a checkpoint what is in no row and not in the clock: counters, sums that a check needs. Null for nothing.</summary>
    public Action<SavedState>? Keep { get; init; }

    /// <summary>Takes that back when a run is resumed, after rows and clock.</summary>
    public Action<SavedState>? Recall { get; init; }

    /// <summary>What else is to be disposed of, the last first, after the method and before threads and world.</summary>
    public IReadOnlyList<IDisposable> Owned { get; init; } = [];

    /// <summary>Told of each system that ends in <see cref="Update"/>; null for nobody.</summary>
    internal IProgress<SystemProgress>? Watch { get; set; }

    /// <summary>The first field: no time passes.</summary>
    public void Begin()
    {
        double length = Clock.Length;
        Clock.SetLength(0);
        Update();
        Clock.SetLength(length);
    }

    /// <summary>One update of the schedule, for who steps by <see cref="StepBy"/>.</summary>
    /// <param name="step">What it is told.</param>
    public void Update(in FmmStep step = default) => Schedule.Update(step, Threads, default, Watch);

    /// <summary>Takes one step.</summary>
    public void Step()
    {
        if (StepBy is null) Update();
        else StepBy(this);
        Clock.Advance();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Method.Dispose();
        for (int i = Owned.Count - 1; i >= 0; i--) Owned[i].Dispose();
        (Threads as IDisposable)?.Dispose();
        World.Dispose();
    }
}

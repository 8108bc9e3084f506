namespace Fmm.Samples;

/// <summary>A scene whose points move: it says how the world is set up, and <see cref="SimulationRun"/> does the rest.</summary>
public abstract class MovingScene : Scene
{
    /// <summary>Steps unless the user says otherwise.</summary>
    public virtual int DefaultSteps => 100;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => OfFields;

    /// <summary>Sets the world up; no field has been computed yet.</summary>
    public abstract Simulation Build(SceneRequest request);

    /// <summary>Runs it over several ranks; of scenes that can.</summary>
    protected virtual void RunOverRanks(SceneRequest request) => throw new InputException($"the scene {Name} runs on one rank");

    /// <inheritdoc/>
    public sealed override void Run(SceneRequest request)
    {
        if (request.Ranks.Count > 1)
        {
            RunOverRanks(request);
            return;
        }

        using Viewer? viewer = Viewer.Open(request);
        while (true)
        {
            try
            {
                using Simulation simulation = Build(request);
                SimulationRun.Run(simulation, request with { Viewer = viewer }, request.Steps ?? DefaultSteps);
                return;
            }
            catch (RunRestartedException)
            {
                // Whoever watches wants it from the beginning.
            }
        }
    }
}

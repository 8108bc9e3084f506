namespace Fmm.Samples;

/// <summary>Something to watch that <c>fmm run</c> knows by name. A new scene is one class and one line in <see cref="SceneSet"/>.</summary>
public abstract class Scene
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What happens in it, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// True when it goes through time: it then takes --steps, and has no field to show for --verify, --repeat, --gradient, --kernel and --parameter.
    /// </summary>
    public virtual bool Moves => false;

    /// <summary>Runs it and prints what there is to see.</summary>
    public abstract void Run(SceneRequest request);
}

namespace Fmm.Samples;

/// <summary>Something to watch that <c>fmm run</c> knows by name. A new scene is one class and one line in <see cref="SceneSet"/>.</summary>
public abstract class Scene
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What happens in it, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Options of the command that mean nothing to it. A scene of one field has no --steps.</summary>
    public virtual IReadOnlyList<string> Foreign => ["--steps", .. ViewOptions.Names, .. SeriesOptions.Names];

    /// <summary>Runs it and prints what there is to see.</summary>
    public abstract void Run(SceneRequest request);
}

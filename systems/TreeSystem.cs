using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A system that acts only where points are new: sorting, tree, lists, the cut of the work.</summary>
/// <param name="world">The world, with the resource <see cref="StepChange"/>.</param>
public abstract class TreeSystem(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public sealed override Access Access => Touched.ReadResource<StepChange>();

    /// <summary>What <see cref="Build"/> touches.</summary>
    protected abstract Access Touched { get; }

    /// <summary>The first path of the tree on which the system acts: on this one, and on all that reuse less.</summary>
    private protected virtual TreePath ActsFrom => TreePath.Kept;

    /// <inheritdoc/>
    public sealed override void Update(in FmmStep step)
    {
        if (World.Resource<StepChange>().Path >= ActsFrom) Build();
    }

    /// <summary>Makes anew what the system makes.</summary>
    protected abstract void Build();
}

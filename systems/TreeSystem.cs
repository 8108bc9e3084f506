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

    /// <inheritdoc/>
    public sealed override void Update(in FmmStep step)
    {
        if (World.Resource<StepChange>().NeedsTree) Build();
    }

    /// <summary>Makes anew what the system makes.</summary>
    protected abstract void Build();
}

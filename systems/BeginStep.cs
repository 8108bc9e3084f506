using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The first system of an update: notes what changed, for all that follow.</summary>
/// <param name="world">The world, with the resource <see cref="StepChange"/>.</param>
public sealed class BeginStep(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override Access Access { get; } = new Access().WriteResource<StepChange>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step) => World.Resource<StepChange>().Begin(step.Change);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The first system of an update: notes what the step tells, for all that follow. Where nothing is told, everything may have changed.</summary>
/// <remarks>Where entities are the points, <see cref="ReadEntities"/> knows better.</remarks>
/// <param name="world">The world, with the resource <see cref="StepChange"/>.</param>
public sealed class BeginStep(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override Access Access { get; } = new Access().WriteResource<StepChange>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step) => World.Resource<StepChange>().Begin(step.Change == FieldChange.None ? FieldChange.Everything : step.Change);
}

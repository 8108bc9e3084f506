using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second derivatives of the potential at all targets, near and far, in double precision: into <see cref="Fmm.Components.FieldOutput.Hessians"/>. It stands in
/// the schedule where the options ask for it alone, after the locals are complete, beside what computes potentials.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;ComputeHessians&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class ComputeHessians(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(ComputeHessians);
}

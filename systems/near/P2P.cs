using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to particles: the sources of a leaf's U list act on its targets, directly. Sets <see cref="Fmm.Components.NearField"/> of all
/// targets; independent of the whole far field.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;P2P&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class P2P(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(P2P);
}

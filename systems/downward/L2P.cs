using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to particles, for every leaf: the potential, and the gradient where it is asked for, that a leaf's local gives at its targets.
/// Sets <see cref="Fmm.Components.FarField"/> of all targets.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;L2P&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class L2P(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(L2P);
}

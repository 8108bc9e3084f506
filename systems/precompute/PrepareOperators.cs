using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the translations that the tree needs and that do not stand yet, those of P2M, M2M, L2L and L2P: once and for all for a homogeneous
/// kernel, for each level of the present domain otherwise. Those of M2L are <see cref="PrepareTransfers"/>'.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;PrepareOperators&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class PrepareOperators(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(PrepareOperators);
}

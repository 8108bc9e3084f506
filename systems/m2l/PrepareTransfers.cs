using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the operators of M2L that the tree needs and that do not stand yet: once and for all for a homogeneous kernel, for each level of the
/// present domain otherwise. Runs beside <see cref="PrepareOperators"/>.
/// </summary>
/// <remarks>
/// What takes its place in a schedule derives from it, or only does the same. A host that brings an M2L of its own, with operators of its own,
/// leaves it out.
/// </remarks>
/// <param name="world">The world.</param>
public abstract class PrepareTransfers(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(PrepareTransfers);
}

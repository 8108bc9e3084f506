using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Sets to zero what no operator of the schedule sets, so that an operator may be left out: multipoles without P2M or M2M, locals without M2L, far
/// fields without L2P, near fields without P2P. Does nothing where all of them are there, or others in their places.
/// </summary>
/// <remarks>
/// Rows hold what stood there before until they are set, and the other operators add to them: without this one a field would grow from step to step.
/// What sets one of these columns comes after it.
/// </remarks>
/// <param name="world">The world.</param>
public abstract class ClearLeftOut(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(ClearLeftOut);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to local over the V lists: the potential of the members' densities on a node's downward check surface (Ying, Biros and
/// Zorin 2004, section 3.3). Gathers <see cref="Fmm.Components.Multipole"/> and sets <see cref="Fmm.Components.Local"/> of every node with targets
/// from the first level with a far field on; where a list is empty, to zero.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;M2L&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class M2L(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(M2L);
}

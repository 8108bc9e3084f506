using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to multipole, from the leaves up to the first level with a far field: the densities of a node's children make its own
/// (Ying, Biros and Zorin 2004, equation 3.3). Gathers <see cref="Fmm.Components.Multipole"/> of children, writes that of inner nodes.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;M2M&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class M2M(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(M2M);
}

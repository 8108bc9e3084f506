using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to local, from the first level with a far field down: a node's check potential makes a density, and that adds its potential on
/// the check surfaces of the children (Ying, Biros and Zorin 2004, equation 3.5). Adds to <see cref="Fmm.Components.Local"/>.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;L2L&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class L2L(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(L2L);
}

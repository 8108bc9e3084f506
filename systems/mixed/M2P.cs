using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to particles over the W lists: members' densities act on a leaf's targets (Ying, Biros and Zorin 2004, section 3.3). Adds to
/// <see cref="Fmm.Components.FarField"/>, after L2P.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;M2P&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class M2P(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(M2P);
}

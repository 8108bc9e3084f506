using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to local over the X lists: the sources of members, leaves that touch a node's parent but not the node, add their potential on the
/// node's downward check surface (Ying, Biros and Zorin 2004, section 3.3). Adds to <see cref="Fmm.Components.Local"/>, after M2L and before L2L.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;P2L&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class P2L(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(P2L);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to multipole, for every leaf: the equivalent density whose potential on the leaf's upward check surface is its sources'
/// (Ying, Biros and Zorin 2004, equations 3.1 and 3.2). Reads the sorted sources, writes <see cref="Fmm.Components.Multipole"/> of all leaves, zeros
/// where there are no sources.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;P2M&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class P2M(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(P2M);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Lets the points that lie so far off that they belong to no node act on all others and all others on them, directly.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;ActOnOutliers&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class ActOnOutliers(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(ActOnOutliers);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// In a box that repeats: the images of all nodes of the first level with a far field, those left out that touch, act on the locals of that level.
/// Adds to <see cref="Fmm.Components.Local"/>, after M2L and before P2L.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;FarImages&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class FarImages(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(FarImages);
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The uniform background that neutralises the charge of a box which repeats along three axes: its potential at all targets. Adds to
/// <see cref="Fmm.Components.FarField"/>, after L2P; does nothing where charges sum to zero, or are screened.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;Background&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class Background(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(Background);
}

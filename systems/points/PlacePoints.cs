using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Writes the sorted points' coordinates in the units and about the origins that the operators compute in: <see cref="Fmm.Components.RelativeX{T}"/>
/// and its kin.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;PlacePoints&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class PlacePoints(World world) : TreeSystem(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(PlacePoints);
}

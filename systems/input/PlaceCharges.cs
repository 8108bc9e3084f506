using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Brings the charges to the order of the sorted sources and to the operators' unit: sets <see cref="Fmm.Components.SourceCharge"/>.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;PlaceCharges&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class PlaceCharges(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(PlaceCharges);
}

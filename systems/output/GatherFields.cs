using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The last system of the method itself: adds far and near field, and brings them to input order and the user's units, into
/// <see cref="Fmm.Components.FieldOutput"/>. What uses the field there comes after it; <see cref="WriteEntities"/> brings it to entities.
/// </summary>
/// <remarks>What takes its place in a schedule derives from it, or only does the same: <c>schedule.Replace&lt;GatherFields&gt;(...)</c>.</remarks>
/// <param name="world">The world.</param>
public abstract class GatherFields(World world) : BaseSystem<World, FmmStep>(world)
{
    /// <inheritdoc/>
    public override string Name => nameof(GatherFields);
}

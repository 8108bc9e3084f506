using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Writes the field from <see cref="FieldOutput"/> to the host's entities that are targets: <see cref="Potential"/> and <see cref="Gradient"/>, or what the host
/// has named in their place. The last system; what uses the field on entities comes after it.
/// </summary>
/// <remarks>Rows have the field of one update, whole: that of the last where an update fails or is cancelled before.</remarks>
public sealed class WriteEntities : BaseSystem<World, FmmStep>
{
    private readonly bool _overRanks;

    internal WriteEntities(World world, FmmEntities entities, bool gradient, bool overRanks)
        : base(world)
    {
        _overRanks = overRanks;
        Access access = (overRanks ? new Access().ReadResource<GivenInput>() : new Access().ReadResource<FieldOutput>()).WriteResource<EntityInput>().With(entities.Potential.Type, AccessKind.Write);
        Access = gradient ? access.With(entities.Gradient.Type, AccessKind.Write) : access;
    }

    /// <inheritdoc/>
    public override Access Access { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Targets were made or removed since <see cref="ReadEntities"/>.</exception>
    public override void Update(in FmmStep step) => World.Resource<EntityInput>().Write(_overRanks ? World.Resource<GivenInput>().Fields : World.Resource<FieldOutput>(), Jobs);
}

using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Reads positions and charges off the host's entities into <see cref="PointInput"/> and <see cref="ChargeInput"/>, and finds out what changed since the
/// last update that ended, whatever the step tells: what it tells beyond that counts, too. The first system that touches entities.
/// </summary>
/// <remarks>
/// <para>A host's systems move and charge the entities before it, and use the field after <see cref="WriteEntities"/>. They declare what they touch,
/// as in this one, and the schedule refuses what is not ordered:</para>
/// <code>
/// sealed class Drift(World world) : BaseSystem&lt;World, FmmStep&gt;(world)
/// {
///     public override Access Access { get; } = new Access().Write&lt;Position&gt;().Read&lt;Gradient&gt;();
///     ...
/// }
/// schedule.Add(new Drift(world)).Before&lt;ReadEntities&gt;();
/// </code>
/// <para>From here on the method works on copies: a system that comes after it may move entities while the field is computed, for the next
/// update. Making and destroying entities is for systems before it or after <see cref="WriteEntities"/>.</para>
/// </remarks>
public sealed class ReadEntities : BaseSystem<World, FmmStep>
{
    // What an update that did not end has found stands still.
    private FieldChange _change = FieldChange.Everything;
    private long _completed;
    private readonly bool _overRanks;

    internal ReadEntities(World world, FmmEntities entities, bool overRanks)
        : base(world)
    {
        _overRanks = overRanks;
        Access access = new Access().With(entities.Position.Type, AccessKind.Read).With(entities.Charge.Type, AccessKind.Read)
            .ReadResource<FieldOrigin>().WriteResource<StepChange>().WriteResource<EntityInput>();
        Access = overRanks ? access.WriteResource<GivenInput>() : access.WriteResource<PointInput>().WriteResource<ChargeInput>();
    }

    /// <inheritdoc/>
    public override Access Access { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Rows of the queries lack a component that they need.</exception>
    public override void Update(in FmmStep step)
    {
        long completed = World.Resource<FieldOrigin>().Completed;
        FieldChange before = completed == _completed ? _change : FieldChange.None;
        _change = FieldChange.Everything;
        GivenInput? given = _overRanks ? World.Resource<GivenInput>() : null;
        FieldChange found = World.Resource<EntityInput>().Read(given?.Points ?? World.Resource<PointInput>(), given?.Charges ?? World.Resource<ChargeInput>(), Jobs);
        _completed = completed;
        StepChange change = World.Resource<StepChange>();
        _change = before | step.Change | found | change.TakeInvalid();
        change.Begin(_change);
    }
}

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
    private static readonly FieldChange[] _kinds = [FieldChange.Charges, FieldChange.Positions, FieldChange.Points];

    // What an update that did not end has found stands still.
    private FieldChange _change = FieldChange.Everything;
    private long _completed;
    private readonly RankLink? _link;

    internal ReadEntities(World world, FmmEntities entities, RankLink? link)
        : base(world)
    {
        _link = link;
        Access access = new Access().With(entities.Position.Type, AccessKind.Read).With(entities.Charge.Type, AccessKind.Read)
            .ReadResource<FieldOrigin>().WriteResource<StepChange>().WriteResource<EntityInput>();
        Access = link is not null ? access.WriteResource<GivenInput>().WriteResource<RankLink>() : access.WriteResource<PointInput>().WriteResource<ChargeInput>();
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
        GivenInput? given = _link is not null ? World.Resource<GivenInput>() : null;
        FieldChange found = World.Resource<EntityInput>().Read(given?.Points ?? World.Resource<PointInput>(), given?.Charges ?? World.Resource<ChargeInput>(), Jobs);
        _completed = completed;
        StepChange change = World.Resource<StepChange>();
        _change = before | step.Change | found | change.TakeInvalid();
        if (_link is not null) _change = OfAllRanks(_link, _change);
        change.Begin(_change);
    }

    // What has changed on one rank has on all: they take the same way.
    private FieldChange OfAllRanks(RankLink link, FieldChange own)
    {
        int[] kinds = [.. _kinds.Select(kind => own.HasFlag(kind) ? 1 : 0)];
        link.Tell(Name, () => link.Ranks.Largest<int>(kinds));
        FieldChange all = FieldChange.None;
        for (int i = 0; i < kinds.Length; i++) all |= kinds[i] != 0 ? _kinds[i] : FieldChange.None;
        return all;
    }
}

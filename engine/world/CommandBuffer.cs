namespace Fmm.Engine;

/// <summary>
/// Structural changes, recorded where they can't be made (inside units and query loops) and made later by
/// <see cref="Playback"/>.
/// </summary>
/// <remarks>
/// Order: commands are played back as if everything had run on one thread: by For in the order of the system's calls, in
/// a For by unit, in a unit as recorded. It does not depend on threads. Each worker records into a lane of its
/// own, without locks. One buffer belongs to one system until it is played back; outside of a schedule only one
/// thread may record. Recording and playback allocate nothing once the buffer has grown to its size.
/// </remarks>
public sealed partial class CommandBuffer
{
    private readonly Lock _gate = new();
    private readonly List<(int Lane, int Index)> _order = [];
    private readonly List<Entity> _toDestroy = [];
    private readonly Comparison<(int Lane, int Index)> _compare;
    private readonly int _capacity;
    private CommandLane[] _lanes = [];

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">Commands a worker to make room for.</param>
    public CommandBuffer(int capacity = 128)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _capacity = capacity;
        _compare = Compare;
    }

    /// <summary>Commands recorded and not yet played back.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (CommandLane lane in _lanes) count += lane.Commands.Count;
            return count;
        }
    }

    /// <summary>Records the making of an entity with zero components.</summary>
    /// <param name="signature">Its components; no block components.</param>
    /// <returns>A name for further commands of this buffer, recorded by the same unit; it is not alive in any world.</returns>
    public Entity Create(Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        CommandLane lane = Lane(out int number);
        var placeholder = new Entity(lane.Created++, ~number);
        lane.Record(CommandKind.Create, placeholder, default, signature);
        return placeholder;
    }

    /// <summary>Records the making of an entity with zero components.</summary>
    /// <param name="types">Its components.</param>
    /// <inheritdoc cref="Create(Signature)"/>
    public Entity Create(params ReadOnlySpan<ComponentType> types) => Create(Signature.Of(types));

    /// <summary>Records the removal of an entity.</summary>
    /// <param name="entity">Living at the time of its turn in the playback.</param>
    public void Destroy(in Entity entity) => Lane(out _).Record(CommandKind.Destroy, entity, default, null);

    /// <summary>Records the writing of a component that the entity has.</summary>
    /// <param name="entity">Living at the time of its turn in the playback.</param>
    /// <param name="value">The new value.</param>
    public void Set<T>(in Entity entity, in T value = default)
        where T : unmanaged => Lane(out _).Record(CommandKind.Set, entity, in value);

    /// <summary>Records the giving of a component that the entity lacks.</summary>
    /// <param name="entity">Living at the time of its turn in the playback.</param>
    /// <param name="value">The component.</param>
    public void Add<T>(in Entity entity, in T value = default)
        where T : unmanaged => Lane(out _).Record(CommandKind.Add, entity, in value);

    /// <summary>Records the taking of a component that the entity has.</summary>
    /// <param name="entity">Living at the time of its turn in the playback.</param>
    public void Remove<T>(in Entity entity)
        where T : unmanaged => Lane(out _).Record(CommandKind.Remove, entity, ComponentType.Of<T>(), null);

    /// <summary>Forgets all commands.</summary>
    public void Clear()
    {
        foreach (CommandLane lane in _lanes) lane.Clear();
    }

    private CommandLane Lane(out int number)
    {
        ref RunningScope scope = ref Running.Scope;
        number = scope.Worker;
        if (number >= _lanes.Length) Grow(number);
        CommandLane lane = _lanes[number];
        if (lane.Commands.Count > 0 && !ReferenceEquals(lane.Owner, scope.Node))
            throw new InvalidOperationException($"System '{scope.Node?.Name}' recorded into the command buffer of '{lane.Owner?.Name}' before it was played back; give each system its own.");
        lane.Owner = scope.Node;
        return lane;
    }

    private void Grow(int number)
    {
        lock (_gate)
        {
            while (_lanes.Length <= number) _lanes = [.. _lanes, new CommandLane(_capacity)];
        }
    }

    private int Compare((int Lane, int Index) a, (int Lane, int Index) b)
    {
        Command first = _lanes[a.Lane].Commands[a.Index];
        Command second = _lanes[b.Lane].Commands[b.Index];
        if (first.Phase != second.Phase) return first.Phase.CompareTo(second.Phase);
        // Equal phases and units stand in one lane, because one worker runs the whole unit.
        return first.Unit != second.Unit ? first.Unit.CompareTo(second.Unit) : a.Index.CompareTo(b.Index);
    }
}

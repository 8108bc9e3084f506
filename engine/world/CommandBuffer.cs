namespace Fmm.Engine;

/// <summary>
/// Structural changes, recorded where they can't be made (inside units and query loops) and made later by
/// <see cref="Playback"/>.
/// </summary>
/// <remarks>
/// Order: commands are played back as if everything had run on one thread: by For in the order of the system's calls, in
/// a For by unit, in a unit as recorded. It does not depend on threads. Each worker records into a lane of its
/// own, without locks. From its first command until it is played back a buffer belongs to one system, or outside of a
/// schedule to one thread; commands of others are refused. What a system recorded and nobody has played back when an
/// update of its schedule fails or is cancelled is dropped. Recording and playback allocate nothing once the buffer has
/// grown to its size.
/// </remarks>
public sealed partial class CommandBuffer
{
    private readonly Lock _gate = new();
    private readonly List<(int Lane, int Index)> _order = [];
    private readonly List<Archetype> _gaps = [];
    private readonly Comparison<(int Lane, int Index)> _compare;
    private readonly int _capacity;
    private CommandLane[] _lanes = [];
    private object? _owner;
    private long _ownerFailures;
    private long _recording;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">Commands a worker to make room for.</param>
    public CommandBuffer(int capacity = 128)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _capacity = capacity;
        _compare = Compare;
    }

    /// <summary>Commands recorded and not yet played back; 0 after an update that failed.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            lock (_gate)
            {
                if (IsStale) return 0;
                foreach (CommandLane lane in _lanes) count += lane.Commands.Count;
            }
            return count;
        }
    }

    /// <summary>Whether the commands are those of an update that failed.</summary>
    private bool IsStale => _owner is ScheduleNode node && node.Failures != _ownerFailures;

    /// <summary>Records the making of an entity with zero components.</summary>
    /// <param name="signature">Its components; no block components.</param>
    /// <returns>A name for further commands of this buffer, recorded by the same unit before the next playback; it is not
    /// alive in any world, and a playback refuses it anywhere else.</returns>
    /// <exception cref="InvalidOperationException">The buffer belongs to another system or thread, or is being played back.</exception>
    public Entity Create(Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        CommandLane lane = Lane(out int number);
        var placeholder = Entity.Placeholder(_recording, number, lane.Made.Count);
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
    /// <exception cref="InvalidOperationException">A unit is running: others may be recording; or it is being played back.</exception>
    public void Clear()
    {
        RefuseInUnit(nameof(Clear));
        lock (_gate)
        {
            if (ReferenceEquals(_owner, this)) throw BeingPlayed();
            Forget();
        }
    }

    private CommandLane Lane(out int number)
    {
        ref RunningScope scope = ref Running.Scope;
        object owner = (object?)scope.Node ?? Thread.CurrentThread;
        if (!ReferenceEquals(Volatile.Read(ref _owner), owner) || IsStale) Claim(owner);
        number = scope.Worker;
        if (number >= _lanes.Length) Grow(number);
        return _lanes[number];
    }

    private void Claim(object owner)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_owner, owner) && !IsStale) return;
            if (ReferenceEquals(_owner, this)) throw BeingPlayed();
            if (_owner is not null && !IsStale)
                throw new InvalidOperationException($"{NameOf(owner)} recorded into the command buffer of {NameOf(_owner)} before it was played back; give each system its own, record on many threads only in units of Jobs.For, and outside of a schedule on one thread.");
            Forget();
            _recording = Identity.NextRecording();
            _ownerFailures = (owner as ScheduleNode)?.Failures ?? 0;
            Volatile.Write(ref _owner, owner);
        }
    }

    private void Grow(int number)
    {
        lock (_gate)
        {
            while (_lanes.Length <= number) _lanes = [.. _lanes, new CommandLane(_capacity)];
        }
    }

    /// <summary>Under the lock.</summary>
    private void Forget()
    {
        foreach (CommandLane lane in _lanes) lane.Clear();
        _recording = 0;
        Volatile.Write(ref _owner, null);
    }

    private static string NameOf(object owner) => owner is ScheduleNode node
        ? $"system '{node.Name}'"
        : $"thread {((Thread)owner).ManagedThreadId}, which runs no system,";

    private static void RefuseInUnit(string method)
    {
        if (Running.Scope.InUnit)
            throw new InvalidOperationException($"A unit of system '{Running.Scope.Node?.Name}' called CommandBuffer.{method} while other units may record; call it in the system's Update, after the For.");
    }

    private static InvalidOperationException BeingPlayed() =>
        new("The command buffer is being played back; record into another one, or after the playback.");

    private int Compare((int Lane, int Index) a, (int Lane, int Index) b)
    {
        RecordedCommand first = _lanes[a.Lane].Commands[a.Index];
        RecordedCommand second = _lanes[b.Lane].Commands[b.Index];
        if (first.Phase != second.Phase) return first.Phase.CompareTo(second.Phase);
        // Equal phases and units stand in one lane, because one worker runs the whole unit.
        return first.Unit != second.Unit ? first.Unit.CompareTo(second.Unit) : a.Index.CompareTo(b.Index);
    }
}

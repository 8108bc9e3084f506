namespace Fmm.Engine;

/// <content>Playback.</content>
public sealed partial class CommandBuffer
{
    /// <summary>
    /// Makes the recorded changes, in the documented order, and empties the buffer. Rows close up once, after the last change, so
    /// that the cost is linear in the rows of the archetypes and in the commands.
    /// </summary>
    /// <param name="world">The world to change.</param>
    /// <exception cref="InvalidOperationException">A command can't be done: its entity does not live any more, or has or
    /// lacks the component, or is a placeholder of an earlier playback or another buffer. Earlier commands stay done, later
    /// ones are dropped. Or a unit is running, or the buffer is being played back already; nothing has changed then.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for what is changed.</exception>
    public void Playback(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        RefuseInUnit(nameof(Playback));
        lock (_gate)
        {
            if (ReferenceEquals(_owner, this)) throw BeingPlayed();
            if (IsStale) Forget();
            Volatile.Write(ref _owner, this);
        }
        try
        {
            Arrange();
            foreach ((int lane, int index) in _order) Play(world, _lanes[lane], _lanes[lane].Commands[index]);
        }
        finally
        {
            world.EndGaps(_gaps);
            lock (_gate) Forget();
        }
    }

    private void Arrange()
    {
        _order.Clear();
        bool sorted = true;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            for (int index = 0; index < _lanes[lane].Commands.Count; index++)
            {
                _order.Add((lane, index));
                sorted &= _order.Count < 2 || Compare(_order[^2], _order[^1]) < 0;
            }
        }
        if (!sorted) _order.Sort(_compare);
    }

    private void Play(World world, CommandLane lane, in RecordedCommand command)
    {
        switch (command.Kind)
        {
            case CommandKind.Create:
                lane.Made[command.Entity.Id] = world.Create(command.Signature!);
                break;
            case CommandKind.Destroy:
                world.Destroy(Resolve(command.Entity), _gaps);
                break;
            case CommandKind.Remove:
                world.Remove(Resolve(command.Entity), command.Type, _gaps);
                break;
            case CommandKind.Add:
                world.Add(Resolve(command.Entity), command.Type, lane.Values[command.Offset..], _gaps);
                break;
            default:
                world.Set(Resolve(command.Entity), command.Type, lane.Values[command.Offset..]);
                break;
        }
    }

    private Entity Resolve(Entity entity)
    {
        if (!entity.IsPlaceholder) return entity;
        int lane = ~entity.Version;
        if (entity.Recording == _recording && lane < _lanes.Length && entity.Id < _lanes[lane].Made.Count
            && _lanes[lane].Made[entity.Id] != Entity.Null)
        {
            return _lanes[lane].Made[entity.Id];
        }
        throw new InvalidOperationException($"{entity} is a name from another command buffer, from before a playback, or of an entity that a later unit makes.");
    }
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <content>Playback.</content>
public sealed partial class CommandBuffer
{
    /// <summary>
    /// Makes the recorded changes, in the documented order, and empties the buffer. Removals that follow each other are made
    /// together, so that rows close up once.
    /// </summary>
    /// <param name="world">The world to change.</param>
    /// <exception cref="InvalidOperationException">A command can't be done: its entity does not live any more, or has or
    /// lacks the component. Earlier commands stay done, later ones are dropped.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for what is changed.</exception>
    public void Playback(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        _order.Clear();
        for (int lane = 0; lane < _lanes.Length; lane++)
            for (int index = 0; index < _lanes[lane].Commands.Count; index++) _order.Add((lane, index));
        _order.Sort(_compare);
        try
        {
            foreach ((int lane, int index) in _order) Play(world, _lanes[lane], _lanes[lane].Commands[index]);
            DestroyCollected(world);
        }
        finally
        {
            _toDestroy.Clear();
            Clear();
        }
    }

    private void Play(World world, CommandLane lane, in Command command)
    {
        if (command.Kind == CommandKind.Destroy)
        {
            _toDestroy.Add(Resolve(command.Entity));
            return;
        }
        DestroyCollected(world);
        switch (command.Kind)
        {
            case CommandKind.Create:
                lane.Made[command.Entity.Id] = world.Create(command.Signature!);
                break;
            case CommandKind.Remove:
                world.Remove(Resolve(command.Entity), command.Type);
                break;
            case CommandKind.Add:
                world.Add(Resolve(command.Entity), command.Type, lane.Values[command.Offset..]);
                break;
            default:
                world.Set(Resolve(command.Entity), command.Type, lane.Values[command.Offset..]);
                break;
        }
    }

    private void DestroyCollected(World world)
    {
        if (_toDestroy.Count == 0) return;
        world.Destroy(CollectionsMarshal.AsSpan(_toDestroy));
        _toDestroy.Clear();
    }

    private Entity Resolve(Entity entity)
    {
        if (entity.Id < 0 || entity.Version >= 0) return entity;
        int lane = ~entity.Version;
        if (lane < _lanes.Length && entity.Id < _lanes[lane].Made.Count && _lanes[lane].Made[entity.Id] != Entity.Null)
            return _lanes[lane].Made[entity.Id];
        throw new InvalidOperationException($"{entity} is a name from another command buffer, from before a playback, or of an entity that a later unit makes.");
    }
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

internal enum CommandKind
{
    Create,
    Destroy,
    Set,
    Add,
    Remove,
}

/// <summary>One recorded change.</summary>
internal readonly record struct Command(
    CommandKind Kind, Entity Entity, ComponentType Type, Signature? Signature, int Offset, long Phase, int Unit);

/// <summary>What one worker recorded, with the values behind each other.</summary>
internal sealed unsafe class CommandLane(int capacity)
{
    private byte[] _values = new byte[capacity * 16];
    private int _used;

    internal List<Command> Commands { get; } = new(capacity);

    /// <summary>The entities that this lane's Create commands made, by the placeholder's id.</summary>
    internal List<Entity> Made { get; } = [];

    internal int Created { get; set; }

    internal ScheduleNode? Owner { get; set; }

    internal ReadOnlySpan<byte> Values => _values;

    internal void Record(CommandKind kind, Entity entity, ComponentType type, Signature? signature)
    {
        ref RunningScope scope = ref Running.Scope;
        Commands.Add(new Command(kind, entity, type, signature, _used, scope.Phase, scope.Unit));
        if (kind == CommandKind.Create) Made.Add(Entity.Null);
    }

    internal void Record<T>(CommandKind kind, Entity entity, in T value)
        where T : unmanaged
    {
        Record(kind, entity, ComponentType.Of<T>(), null);
        if (_values.Length - _used < sizeof(T)) Array.Resize(ref _values, Math.Max(_used + sizeof(T), _values.Length * 2));
        MemoryMarshal.Write(_values.AsSpan(_used), in value);
        _used += sizeof(T);
    }

    internal void Clear()
    {
        Commands.Clear();
        Made.Clear();
        Created = 0;
        _used = 0;
        Owner = null;
    }
}

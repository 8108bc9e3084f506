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
internal readonly record struct RecordedCommand(
    CommandKind Kind, Entity Entity, ComponentType Type, Signature? Signature, int Offset, long Phase, int Unit);

/// <summary>What one worker recorded, with the values behind each other.</summary>
internal sealed unsafe class CommandLane(int capacity)
{
    private byte[] _values = new byte[Math.Min(capacity * 16L, Array.MaxLength)];
    private int _used;

    internal List<RecordedCommand> Commands { get; } = new(capacity);

    /// <summary>The entities that this lane's Create commands made, by the placeholder's id.</summary>
    internal List<Entity> Made { get; } = [];

    internal ReadOnlySpan<byte> Values => _values;

    internal void Record(CommandKind kind, Entity entity, ComponentType type, Signature? signature) =>
        Record(kind, entity, type, signature, _used);

    internal void Record<T>(CommandKind kind, Entity entity, in T value)
        where T : unmanaged
    {
        int offset = _used;
        if (_values.Length - offset < sizeof(T)) MakeRoom(sizeof(T));
        MemoryMarshal.Write(_values.AsSpan(offset), in value);
        _used = offset + sizeof(T);
        // Last, so that a command never stands without its value.
        Record(kind, entity, ComponentType.Of<T>(), null, offset);
    }

    internal void Clear()
    {
        Commands.Clear();
        Made.Clear();
        _used = 0;
    }

    private void Record(CommandKind kind, Entity entity, ComponentType type, Signature? signature, int offset)
    {
        ref RunningScope scope = ref Running.Scope;
        Commands.Add(new RecordedCommand(kind, entity, type, signature, offset, scope.Phase, scope.Unit));
        if (kind == CommandKind.Create) Made.Add(Entity.Null);
    }

    private void MakeRoom(int bytes)
    {
        long wanted = (long)_used + bytes;
        if (wanted > Array.MaxLength)
            throw new InsufficientMemoryException($"The values that one worker records into a command buffer would take {wanted} bytes; play it back before they pass {Array.MaxLength}.");
        Array.Resize(ref _values, (int)Math.Min(Math.Max(wanted, _values.Length * 2L), Array.MaxLength));
    }
}

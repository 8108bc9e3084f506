namespace Fmm.Engine;

/// <content>Components by identity and bytes, for command buffers.</content>
public sealed unsafe partial class World
{
    internal void Set(Entity entity, ComponentType type, ReadOnlySpan<byte> value)
    {
        Running.RequireWrite(type.Info);
        Put(entity, type, value);
    }

    internal void Add(Entity entity, ComponentType type, ReadOnlySpan<byte> value, List<Archetype> gaps)
    {
        Move(entity, type, add: true, gaps);
        Put(entity, type, value);
    }

    internal void Remove(Entity entity, ComponentType type, List<Archetype> gaps) => Move(entity, type, add: false, gaps);

    private void Put(Entity entity, ComponentType type, ReadOnlySpan<byte> value)
    {
        byte* target = Locate(entity, out int row).Require(type.Info).Row(row);
        value[..type.ByteSize].CopyTo(new Span<byte>(target, type.ByteSize));
    }
}

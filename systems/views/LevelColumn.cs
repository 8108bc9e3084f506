using Fmm.Components;

namespace Fmm.Systems;

/// <summary>One component of all levels, as pointers that a system takes at the start of an update and gathers through.</summary>
internal sealed unsafe class LevelColumn<TComponent>
    where TComponent : unmanaged
{
    private readonly TComponent*[] _columns = new TComponent*[Morton.MaxLevel + 1];

    public TComponent* this[int level] => _columns[level];

    public void Read(TreeShape shape)
    {
        for (int level = 0; level <= shape.Depth; level++) _columns[level] = shape.Nodes(level).Chunk.ReadPointer<TComponent>();
    }
}

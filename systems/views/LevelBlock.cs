using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>One block column of all levels, as pointers to its rows.</summary>
internal sealed unsafe class LevelBlock<TTag, T>
    where TTag : unmanaged
    where T : unmanaged
{
    private readonly T*[] _columns = new T*[Morton.MaxLevel + 1];
    private int _stride;

    public T* this[int level] => _columns[level];

    public T* Row(int level, int row) => _columns[level] + ((nint)row * _stride);

    public void Read(TreeShape shape)
    {
        for (int level = 0; level <= shape.Depth; level++)
        {
            BlockSpan<T> block = shape.Nodes(level).Chunk.ReadBlock<TTag, T>();
            _columns[level] = block.Pointer;
            _stride = block.Stride;
        }
    }

    public void Write(TreeShape shape)
    {
        for (int level = 0; level <= shape.Depth; level++)
        {
            BlockSpan<T> block = shape.Nodes(level).Chunk.WriteBlock<TTag, T>();
            _columns[level] = block.Pointer;
            _stride = block.Stride;
        }
    }
}

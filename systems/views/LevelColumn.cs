using Fmm.Components;

namespace Fmm.Systems;

/// <summary>One component of the nodes of all levels, taken at the start of an update for a system that gathers from level to level.</summary>
/// <typeparam name="T">The component.</typeparam>
/// <remarks>Valid until the tree is built anew; a system that keeps one takes it again in every update.</remarks>
public sealed unsafe class LevelColumn<T>
    where T : unmanaged
{
    private readonly T*[] _columns = new T*[Morton.MaxLevel + 1];
    private readonly int[] _counts = new int[Morton.MaxLevel + 1];
    private int _depth = -1;
    private bool _writes;

    /// <summary>A level's rows, as a pointer.</summary>
    internal T* this[int level] => _columns[level];

    /// <summary>The columns by level, for loops over rows of many levels.</summary>
    internal T*[] Columns => _columns;

    /// <summary>Takes the column to read it.</summary>
    /// <param name="nodes">The nodes that the system's query found.</param>
    /// <exception cref="InvalidOperationException">The nodes have no such component.</exception>
    /// <exception cref="Engine.UndeclaredAccessException">The running system has not declared it.</exception>
    public void Read(NodeRows nodes)
    {
        Begin(nodes, writes: false);
        for (int level = 0; level <= nodes.Depth; level++) _columns[level] = nodes[level].ReadPointer<T>();
    }

    /// <summary>Takes the column to write it.</summary>
    /// <inheritdoc cref="Read"/>
    public void Write(NodeRows nodes)
    {
        Begin(nodes, writes: true);
        for (int level = 0; level <= nodes.Depth; level++) _columns[level] = nodes[level].WritePointer<T>();
    }

    /// <summary>The rows of a level, to read.</summary>
    /// <param name="level">Level, 0 to the depth of the nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level, or the column was not taken yet.</exception>
    public ReadOnlySpan<T> Of(int level)
    {
        Require(level);
        return new ReadOnlySpan<T>(_columns[level], _counts[level]);
    }

    /// <summary>The rows of a level, to write.</summary>
    /// <param name="level">Level, 0 to the depth of the nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level, or the column was not taken yet.</exception>
    /// <exception cref="InvalidOperationException">The column was taken to read it.</exception>
    public Span<T> ToWrite(int level)
    {
        Require(level);
        if (!_writes) throw new InvalidOperationException($"{typeof(T).Name} was taken to read it: take it by Write, and declare that.");
        return new Span<T>(_columns[level], _counts[level]);
    }

    private void Begin(NodeRows nodes, bool writes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        _depth = nodes.Depth;
        _writes = writes;
        for (int level = 0; level <= nodes.Depth; level++) _counts[level] = nodes[level].Count;
    }

    private void Require(int level)
    {
        if (level < 0 || level > _depth)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"{typeof(T).Name} has levels 0 to {_depth}: ask for one of these, after Read or Write.");
    }
}

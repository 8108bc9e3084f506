using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// One block column of the nodes of all levels, taken at the start of an update for a system that gathers from level to level.
/// </summary>
/// <typeparam name="TTag">What the block is.</typeparam>
/// <typeparam name="T">Its scalar.</typeparam>
/// <remarks>Valid until the tree is built anew; a system that keeps one takes it again in every update.</remarks>
public sealed unsafe class LevelBlock<TTag, T>
    where TTag : unmanaged
    where T : unmanaged
{
    private readonly T*[] _columns = new T*[Morton.MaxLevel + 1];
    private readonly int[] _counts = new int[Morton.MaxLevel + 1];
    private int _stride;
    private int _depth = -1;
    private bool _writes;

    /// <summary>Scalars a row; 0 before the block is taken.</summary>
    public int Stride => _stride;

    /// <summary>A level's first row, as a pointer.</summary>
    internal T* this[int level] => _columns[level];

    /// <summary>A row, as a pointer.</summary>
    internal T* Row(int level, int row) => _columns[level] + ((nint)row * _stride);

    /// <summary>Takes the block to read it.</summary>
    /// <param name="nodes">The nodes that the system's query found.</param>
    /// <exception cref="InvalidOperationException">The nodes have no such block.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared it.</exception>
    public void Read(NodeRows nodes) => Take(nodes, writes: false);

    /// <summary>Takes the block to write it.</summary>
    /// <inheritdoc cref="Read"/>
    public void Write(NodeRows nodes) => Take(nodes, writes: true);

    /// <summary>A node's scalars, to read.</summary>
    /// <param name="level">Level, 0 to the depth of the nodes.</param>
    /// <param name="row">Row of the level.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or the block was not taken yet.</exception>
    public ReadOnlySpan<T> Of(int level, int row)
    {
        Require(level, row);
        return new ReadOnlySpan<T>(Row(level, row), _stride);
    }

    /// <summary>A node's scalars, to write.</summary>
    /// <param name="level">Level, 0 to the depth of the nodes.</param>
    /// <param name="row">Row of the level.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or the block was not taken yet.</exception>
    /// <exception cref="InvalidOperationException">The block was taken to read it.</exception>
    public Span<T> ToWrite(int level, int row)
    {
        Require(level, row);
        if (!_writes) throw new InvalidOperationException($"{typeof(TTag).Name} was taken to read it: take it by Write, and declare that.");
        return new Span<T>(Row(level, row), _stride);
    }

    private void Take(NodeRows nodes, bool writes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        _depth = nodes.Depth;
        _writes = writes;
        for (int level = 0; level <= nodes.Depth; level++)
        {
            BlockSpan<T> block = writes ? nodes[level].WriteBlock<TTag, T>() : nodes[level].ReadBlock<TTag, T>();
            _columns[level] = block.Pointer;
            _counts[level] = block.Rows;
            _stride = block.Stride;
        }
    }

    private void Require(int level, int row)
    {
        if (level < 0 || level > _depth)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"{typeof(TTag).Name} has levels 0 to {_depth}: ask for one of these, after Read or Write.");
        if (row < 0 || row >= _counts[level])
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Level {level} has {_counts[level]} rows.");
    }
}

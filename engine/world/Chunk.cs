using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The rows of one archetype: one contiguous run a component. Spans and pointers are valid until rows of the
/// archetype are made or removed.
/// </summary>
/// <remarks>Inside a schedule every access is held against the running system's <see cref="Access"/>.</remarks>
public readonly unsafe struct Chunk : IEquatable<Chunk>
{
    private readonly Archetype _archetype;

    internal Chunk(Archetype archetype)
    {
        _archetype = archetype;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _archetype.Count;

    /// <summary>Level of the rows, or <see cref="Archetype.NoLevel"/>.</summary>
    public int Level => _archetype.Level;

    /// <summary>The archetype that the rows stand in.</summary>
    public Archetype Archetype => _archetype;

    /// <summary>Names of the rows, in row order.</summary>
    public ReadOnlySpan<Entity> Entities => _archetype.Entities;

    /// <summary>The name of one row.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public Entity Entity(int row) => _archetype.EntityAt(row);

    /// <summary>Refuses a row of a level that is not there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    internal void RequireRow(int row)
    {
        if (unchecked((uint)row) >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(row), row, $"Level {Level} has {Count} rows.");
    }

    /// <summary>One component of all rows, to read.</summary>
    /// <exception cref="InvalidOperationException">The archetype has no such component.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared it.</exception>
    public ReadOnlySpan<T> Read<T>()
        where T : unmanaged => new(ReadPointer<T>(), Count);

    /// <summary>One component of all rows, to write.</summary>
    /// <inheritdoc cref="Read"/>
    public Span<T> Write<T>()
        where T : unmanaged => new(WritePointer<T>(), Count);

    /// <summary>Arch's word for <see cref="Write"/>.</summary>
    /// <inheritdoc cref="Read"/>
    public Span<T> GetSpan<T>()
        where T : unmanaged => Write<T>();

    /// <summary>Two components of all rows, to write.</summary>
    /// <param name="first">The rows' <typeparamref name="T0"/>.</param>
    /// <param name="second">The rows' <typeparamref name="T1"/>.</param>
    /// <inheritdoc cref="Read"/>
    public void GetSpan<T0, T1>(out Span<T0> first, out Span<T1> second)
        where T0 : unmanaged
        where T1 : unmanaged
    {
        first = Write<T0>();
        second = Write<T1>();
    }

    /// <summary>The component of row 0, by reference, to step from.</summary>
    /// <inheritdoc cref="Read"/>
    public ref T GetFirst<T>()
        where T : unmanaged => ref Unsafe.AsRef<T>(WritePointer<T>());

    /// <summary>One row's component, by reference; for loops take <see cref="Write"/> once instead.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <inheritdoc cref="Read"/>
    public ref T Get<T>(int row)
        where T : unmanaged => ref Write<T>()[row];

    /// <summary>Whether the rows have the component.</summary>
    public bool Has<T>()
        where T : unmanaged => _archetype.Find(ColumnInfo<T>.Info) is not null;

    /// <summary>Whether the rows have the component.</summary>
    /// <param name="type">The component.</param>
    public bool Has(ComponentType type) => _archetype.Find(type.Info) is not null;

    /// <summary>A block component of all rows, to read.</summary>
    /// <inheritdoc cref="Read"/>
    public BlockSpan<TScalar> ReadBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged
    {
        Running.RequireRead(BlockInfo<TTag, TScalar>.Info);
        Column column = _archetype.Require(BlockInfo<TTag, TScalar>.Info);
        return new BlockSpan<TScalar>((TScalar*)column.Pointer, Count, column.Stride);
    }

    /// <summary>A block component of all rows, to write.</summary>
    /// <inheritdoc cref="Read"/>
    public BlockSpan<TScalar> WriteBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged
    {
        Running.RequireWrite(BlockInfo<TTag, TScalar>.Info);
        Column column = _archetype.Require(BlockInfo<TTag, TScalar>.Info);
        return new BlockSpan<TScalar>((TScalar*)column.Pointer, Count, column.Stride);
    }

    /// <summary>The first row of a component, to read: 64-byte aligned, 64 zero bytes past the last row.</summary>
    /// <inheritdoc cref="Read"/>
    public T* ReadPointer<T>()
        where T : unmanaged
    {
        Running.RequireRead(ColumnInfo<T>.Info);
        return (T*)_archetype.Require(ColumnInfo<T>.Info).Pointer;
    }

    /// <summary>The first row of a component, to write: 64-byte aligned, 64 zero bytes past the last row.</summary>
    /// <inheritdoc cref="Read"/>
    public T* WritePointer<T>()
        where T : unmanaged
    {
        Running.RequireWrite(ColumnInfo<T>.Info);
        return (T*)_archetype.Require(ColumnInfo<T>.Info).Pointer;
    }

    /// <summary>One component of all rows as bytes, to read; for those who learn only at run time which components there are.</summary>
    /// <inheritdoc cref="Read"/>
    internal ReadOnlySpan<byte> ReadBytes(ComponentType type)
    {
        Running.RequireRead(type.Info);
        Column column = _archetype.Require(type.Info);
        return new ReadOnlySpan<byte>(column.Pointer, checked((int)(Count * column.RowBytes)));
    }

    /// <summary>The row numbers, forward, for <c>foreach (int row in chunk)</c>.</summary>
    public RowEnumerator GetEnumerator() => new(Count);

    /// <inheritdoc/>
    public bool Equals(Chunk other) => ReferenceEquals(_archetype, other._archetype);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Chunk other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_archetype);

    /// <summary>Whether both are the rows of one archetype.</summary>
    public static bool operator ==(Chunk left, Chunk right) => left.Equals(right);

    /// <summary>Whether they are the rows of different archetypes.</summary>
    public static bool operator !=(Chunk left, Chunk right) => !left.Equals(right);
}

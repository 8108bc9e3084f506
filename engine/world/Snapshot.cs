using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// All rows of a world at one moment, to go back to and to compare by: every column of every archetype, entity names
/// included. Resources are not in it.
/// </summary>
public sealed unsafe class Snapshot : IDisposable
{
    private readonly World _world;
    private readonly List<ArchetypeCopy> _archetypes = [];
    private readonly EntityTableCopy _table;
    private bool _disposed;

    private Snapshot(World world)
    {
        _world = world;
        _table = world.Table.Save();
        foreach (Archetype archetype in world.Archetypes) _archetypes.Add(new ArchetypeCopy(world.Ledger, archetype));
    }

    /// <summary>Copies all rows into native memory, which counts in the world's ledger until <see cref="Dispose"/>.</summary>
    /// <param name="world">The world; nothing may run on it meanwhile.</param>
    public static Snapshot Of(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new Snapshot(world);
    }

    /// <summary>
    /// Puts all rows back as they were; may be done more than once. Archetypes made since are emptied.
    /// </summary>
    /// <exception cref="InvalidOperationException">A query is being iterated.</exception>
    public void Restore()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (Archetype archetype in _world.Archetypes) archetype.RequireChange();
        _world.Table.Restore(_table);
        ReadOnlySpan<Archetype> archetypes = _world.Archetypes;
        for (int i = 0; i < archetypes.Length; i++)
        {
            if (i < _archetypes.Count) _archetypes[i].Restore(archetypes[i]);
            else archetypes[i].RestoreRows(0, archetypes[i].Generation + 1, default);
        }
    }

    /// <summary>
    /// A 64-bit hash of all rows: signatures, levels, strides, counts and the bytes of every column, in the order in which the
    /// archetypes were made. Equal worlds have equal hashes; entity names, resources and memory addresses are not in it.
    /// Bytes between the fields of a component count: give components no padding.
    /// </summary>
    /// <param name="world">The world; nothing may run on it meanwhile.</param>
    public static ulong Hash(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        ulong hash = 0x9E3779B97F4A7C15;
        foreach (Archetype archetype in world.Archetypes)
        {
            hash = Mix(hash, unchecked((ulong)archetype.Level));
            hash = Mix(hash, (ulong)archetype.Count);
            foreach (Column column in archetype.Columns)
            {
                hash = Mix(hash, MemoryMarshal.AsBytes(column.Info.SortKey.AsSpan()));
                hash = Mix(hash, (ulong)column.Stride);
                for (long at = 0; at < column.UsedBytes; at += 1 << 30)
                    hash = Mix(hash, new ReadOnlySpan<byte>(column.Pointer + at, (int)Math.Min(1 << 30, column.UsedBytes - at)));
            }
        }
        return hash;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (ArchetypeCopy copy in _archetypes) copy.Dispose();
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) hash = Mix(hash, word);
        foreach (byte rest in bytes[(words.Length * 8)..]) hash = Mix(hash, rest);
        return hash;
    }

    /// <summary>One step of a multiply-and-rotate hash; the constant is the odd number next to 2^64 / 1.32.</summary>
    private static ulong Mix(ulong hash, ulong word)
    {
        unchecked
        {
            ulong mixed = (hash ^ word) * 0xC2B2AE3D27D4EB4F;
            return System.Numerics.BitOperations.RotateLeft(mixed, 31) + word;
        }
    }

    /// <summary>One archetype's rows.</summary>
    private sealed class ArchetypeCopy : IDisposable
    {
        private readonly NativeBlock[] _columns;
        private readonly int[] _strides;
        private readonly Entity[] _entities;
        private readonly int _count;
        private readonly int _generation;

        internal ArchetypeCopy(Ledger ledger, Archetype archetype)
        {
            _count = archetype.Count;
            _generation = archetype.Generation;
            _entities = archetype.IsEnBloc ? [] : archetype.Entities.ToArray();
            _columns = new NativeBlock[archetype.Columns.Length];
            _strides = new int[_columns.Length];
            for (int i = 0; i < _columns.Length; i++)
            {
                Column column = archetype.Columns[i];
                _strides[i] = column.Stride;
                _columns[i] = new NativeBlock(ledger, "snapshot of " + column.Info.Name);
                _columns[i].Resize(column.UsedBytes, keep: false);
                Buffer.MemoryCopy(column.Pointer, _columns[i].Pointer, column.UsedBytes, column.UsedBytes);
            }
        }

        internal void Restore(Archetype archetype)
        {
            for (int i = 0; i < _columns.Length; i++) archetype.Columns[i].SetStride(_strides[i]);
            archetype.RestoreRows(_count, _generation, _entities);
            for (int i = 0; i < _columns.Length; i++)
            {
                Column column = archetype.Columns[i];
                Buffer.MemoryCopy(_columns[i].Pointer, column.Pointer, column.UsedBytes, column.UsedBytes);
            }
        }

        public void Dispose()
        {
            foreach (NativeBlock block in _columns) block.Dispose();
        }
    }
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// All rows of a world at one moment, to go back to and to compare by: every column of every archetype, entity names
/// included. Resources are not in it.
/// </summary>
public sealed unsafe class Snapshot : IDisposable
{
    private const ulong Start = 0x9E3779B97F4A7C15;
    private readonly World _world;
    private readonly List<(Archetype Of, ArchetypeCopy Copy)> _archetypes = [];
    private readonly Predicate<Archetype> _stays = _ => false;
    private readonly EntityTableCopy _table;
    private bool _disposed;

    private Snapshot(World world)
    {
        _world = world;
        _table = world.Table.Save();
        try
        {
            foreach (Archetype archetype in world.Archetypes) _archetypes.Add((archetype, new ArchetypeCopy(world.Ledger, archetype)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows that were kept elsewhere.</summary>
    /// <param name="world">The world that they are for.</param>
    /// <param name="archetypes">The rows, which are this one's from now on.</param>
    /// <param name="table">The entities.</param>
    /// <param name="stays">Archetypes that are left alone.</param>
    internal Snapshot(World world, List<(Archetype Of, ArchetypeCopy Copy)> archetypes, EntityTableCopy table, Predicate<Archetype> stays) =>
        (_world, _archetypes, _table, _stays) = (world, archetypes, table, stays);

    /// <summary>Copies all rows into native memory, which counts in the world's ledger until <see cref="Dispose"/>.</summary>
    /// <param name="world">The world; nothing may run on it meanwhile.</param>
    /// <exception cref="InvalidOperationException">A schedule runs on the world, and the calling thread runs no system of one.</exception>
    /// <exception cref="ObjectDisposedException">The world was disposed of.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for the copies; nothing stays in the ledger.</exception>
    public static Snapshot Of(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.RequireStill();
        return new Snapshot(world);
    }

    /// <summary>
    /// Puts all rows back as they were; may be done more than once. Archetypes made since are emptied.
    /// </summary>
    /// <remarks>
    /// Names go back with the rows: what lived when the snapshot was taken lives again under the name that it had, so
    /// that names held in components stay right. All other names are dead and stay so: those that were dead then, and
    /// those given since. Versions go on rising, so that nothing made later gets a name that was ever given.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A query is being iterated; or a schedule runs on the world, and the calling
    /// thread runs no system of one.</exception>
    /// <exception cref="ObjectDisposedException">The snapshot or its world was disposed of.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for the rows; nothing has changed.</exception>
    public void Restore()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _world.RequireStill();
        ReadOnlySpan<Archetype> archetypes = _world.Archetypes;
        foreach (Archetype archetype in archetypes) if (!_stays(archetype)) archetype.RequireChange();
        int prepared = 0;
        try
        {
            for (; prepared < _archetypes.Count; prepared++) _archetypes[prepared].Copy.Prepare(_archetypes[prepared].Of);
            _world.Table.Prepare(_table);
        }
        catch
        {
            for (int i = 0; i < prepared; i++) _archetypes[i].Of.Abandon();
            throw;
        }
        _world.Table.Restore(_table);
        bool[] restored = new bool[archetypes.Length];
        foreach ((Archetype of, ArchetypeCopy copy) in _archetypes)
        {
            copy.Restore(of);
            restored[of.Number] = true;
        }
        foreach (Archetype archetype in archetypes) if (!restored[archetype.Number] && !_stays(archetype)) archetype.Empty();
    }

    /// <summary>
    /// A 64-bit hash of all rows: signatures, levels, strides, counts and the bytes of every column. Equal worlds have equal
    /// hashes, in whatever order their archetypes were made, and empty archetypes count for nothing; entity names, resources
    /// and memory addresses are not in it. Bytes between the fields of a component count: give components no padding.
    /// </summary>
    /// <param name="world">The world; nothing may run on it meanwhile.</param>
    /// <exception cref="ObjectDisposedException">The world was disposed of.</exception>
    public static ulong Hash(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.ThrowIfDisposed();
        ulong sum = 0;
        foreach (Archetype archetype in world.Archetypes)
        {
            // A sum does not depend on the order; no two archetypes have equal keys, so that no term can stand for another.
            if (archetype.Count > 0) sum = unchecked(sum + Hash(archetype));
        }
        return Mix(Start, sum);
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        var failures = new Failures();
        foreach ((_, ArchetypeCopy copy) in _archetypes) failures.Try(copy);
        failures.Throw();
    }

    private static ulong Hash(Archetype archetype)
    {
        ulong hash = Mix(Start, archetype.IsEnBloc ? 1UL : 0);
        hash = Mix(hash, unchecked((ulong)archetype.Level));
        hash = Mix(hash, (ulong)archetype.Count);
        foreach (Column column in archetype.Columns)
        {
            hash = Mix(hash, MemoryMarshal.AsBytes(column.Info.SortKey.AsSpan()));
            hash = Mix(hash, (ulong)column.Stride);
            for (long at = 0; at < column.UsedBytes; at += 1 << 30)
                hash = Mix(hash, new ReadOnlySpan<byte>(column.Pointer + at, (int)Math.Min(1 << 30, column.UsedBytes - at)));
        }
        return hash;
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
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Raw 64-byte aligned native memory under a <see cref="NativeBuffer{T}"/> or a column: used bytes, capacity, and a
/// zeroed tail of <see cref="Tail"/> bytes past the used ones, so that a full-width vector load at any used byte
/// stays inside.
/// </summary>
/// <remarks>
/// Memory comes zeroed from the ledger's <see cref="NativeSource"/>. The high-water mark <see cref="_touched"/> tells
/// which bytes may hold anything else than zero. New memory is taken before the old is given back: what fails changes
/// nothing, and as large blocks are touched first by their users, two copies never stand in physical memory where the
/// contents are not kept.
/// </remarks>
internal sealed unsafe class NativeBlock : IDisposable
{
    /// <summary>Alignment of the first byte: a cache line, and the widest vector.</summary>
    internal const int Alignment = 64;

    /// <summary>Readable zero bytes past the used ones.</summary>
    internal const int Tail = 64;

    /// <summary>More than any machine addresses; sums of sizes below it do not overflow.</summary>
    internal const long MostBytes = 1L << 56;

    private readonly Ledger _ledger;
    private NativePiece _piece;
    private NativePiece _prepared;
    private long _preparedCapacity;
    private long _touched;
    private bool _disposed;

    internal NativeBlock(Ledger ledger, string name)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _ledger = ledger;
        Name = name;
        ledger.Enter(this);
    }

    internal string Name { get; }
    internal NativeBlock? Next { get; set; }
    internal NativeBlock? Previous { get; set; }
    internal byte* Pointer { get; private set; }
    internal long UsedBytes { get; private set; }
    internal long CapacityBytes { get; private set; }

    /// <summary>
    /// Sets the used bytes. With <paramref name="keep"/>, old contents stay and new bytes are zero; without, the
    /// contents are whatever stood there after growth. What shrinks keeps what is left in any case. Where memory is
    /// wanting, nothing has changed.
    /// </summary>
    internal void Resize(long bytes, bool keep)
    {
        Prepare(bytes, keep);
        string? damage = _prepared.Data is null ? null : Adopt(keep || bytes < UsedBytes ? Math.Min(UsedBytes, bytes) : 0);
        if (keep && bytes > UsedBytes) Zero(UsedBytes, bytes);
        UsedBytes = bytes;
        _touched = Math.Max(_touched, bytes);
        Zero(bytes, bytes + Tail);
        if (damage is not null) throw new MemoryGuardException(damage);
    }

    /// <summary>
    /// Takes the memory that a Resize to the same size would need, without any change that can be seen: several blocks
    /// that grow together are all prepared first, and then nothing can fail half-way.
    /// </summary>
    /// <exception cref="InsufficientMemoryException">There is none, or the ledger's limit forbids it.</exception>
    internal void Prepare(long bytes, bool keep)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Abandon();
        bool fits = bytes <= CapacityBytes && Pointer is not null;
        if (fits && (!_ledger.Source.IsExact || bytes == UsedBytes)) return;
        if (bytes > MostBytes) throw NoMemory(bytes, null);
        long capacity = _ledger.Source.IsExact ? bytes : Capacity(bytes, keep);
        _ledger.Charge(this, capacity + Tail - HeldBytes);
        try
        {
            _prepared = _ledger.Source.Take(capacity);
            _preparedCapacity = capacity;
        }
        catch (OutOfMemoryException exception)
        {
            _ledger.Charge(this, HeldBytes - capacity - Tail);
            throw NoMemory(capacity, exception);
        }
    }

    /// <summary>Gives back what was prepared and is not wanted.</summary>
    internal void Abandon()
    {
        if (_prepared.Data is null) return;
        _ledger.Source.Give(in _prepared);
        _prepared = default;
        _ledger.Charge(this, HeldBytes - _preparedCapacity - Tail);
    }

    /// <summary>Zeroes the bytes [from, to), leaving alone those that no one can have written.</summary>
    internal void Zero(long from, long to)
    {
        long end = Math.Min(to, _touched);
        if (end > from) NativeMemory.Clear(Pointer + from, (nuint)(end - from));
    }

    /// <summary>What a guard has seen; null: nothing.</summary>
    internal string? Damage()
    {
        if (_piece.Data is null) return null;
        string? damage = _ledger.Source.Damage(in _piece, UsedBytes);
        return damage is null ? null : $"Buffer '{Name}' of {UsedBytes} bytes {damage}.";
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Abandon();
        string? damage = Damage();
        if (_piece.Data is not null)
        {
            _ledger.Source.Give(in _piece);
            _ledger.Charge(this, -HeldBytes);
        }
        _piece = default;
        Pointer = null;
        CapacityBytes = UsedBytes = _touched = 0;
        _ledger.Leave(this);
        if (damage is not null) throw new MemoryGuardException(damage);
    }

    private long HeldBytes => _piece.Data is null ? 0 : CapacityBytes + Tail;

    /// <summary>Kept contents grow by half as much again (appending stays linear); replaced ones by an eighth, because the
    /// sizes of a moving scene wander by a few percent from step to step.</summary>
    private long Capacity(long bytes, bool keep)
    {
        long capacity = keep ? Math.Max(bytes, CapacityBytes + (CapacityBytes / 2)) : bytes + (bytes / 8);
        return (capacity + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>Moves to the prepared memory.</summary>
    /// <returns>What a guard has seen around the old.</returns>
    private string? Adopt(long kept)
    {
        string? damage = Damage();
        if (kept > 0) NativeMemory.Copy(Pointer, _prepared.Data, (nuint)kept);
        if (_piece.Data is not null) _ledger.Source.Give(in _piece);
        _piece = _prepared;
        _prepared = default;
        Pointer = _piece.Data;
        CapacityBytes = _preparedCapacity;
        UsedBytes = _touched = kept;
        return damage;
    }

    private InsufficientMemoryException NoMemory(long bytes, Exception? cause) =>
        new($"There is no memory for buffer '{Name}' of {bytes} bytes beside the {_ledger.OutstandingBytes} bytes that its ledger holds; compute less at once, or give the process more.", cause);
}

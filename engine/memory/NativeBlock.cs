using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Raw 64-byte aligned native memory under a <see cref="NativeBuffer{T}"/> or a column: used bytes, capacity, and a
/// zeroed tail of <see cref="Tail"/> bytes past the used ones, so that a full-width vector load at any used byte
/// stays inside.
/// </summary>
/// <remarks>
/// Memory comes from the zeroing allocator: fresh pages are zero without being touched, which leaves the first
/// touch to the threads that use them, and unused capacity costs no physical memory. The high-water mark
/// <see cref="_touched"/> tells which bytes may hold anything else than zero.
/// </remarks>
internal sealed unsafe class NativeBlock : IDisposable
{
    /// <summary>Alignment of the first byte: a cache line, and the widest vector.</summary>
    internal const int Alignment = 64;

    /// <summary>Readable zero bytes past the used ones.</summary>
    internal const int Tail = 64;

    private readonly Ledger _ledger;
    private void* _allocation;
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
    /// contents are whatever stood there. Growth without keep frees the old memory first, so that the peak is one copy.
    /// </summary>
    internal void Resize(long bytes, bool keep)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > CapacityBytes || Pointer is null) Grow(bytes, keep);
        if (keep && bytes > UsedBytes) Zero(UsedBytes, bytes);
        UsedBytes = bytes;
        _touched = Math.Max(_touched, bytes);
        Zero(bytes, bytes + Tail);
    }

    /// <summary>Zeroes the bytes [from, to), leaving alone those that no one can have written.</summary>
    internal void Zero(long from, long to)
    {
        long end = Math.Min(to, _touched);
        if (end > from) NativeMemory.Clear(Pointer + from, (nuint)(end - from));
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Free();
        _ledger.Leave(this);
    }

    private void Grow(long bytes, bool keep)
    {
        // Kept contents grow by half as much again (appending stays linear); replaced ones by an eighth, because
        // the sizes of a moving scene wander by a few percent from step to step.
        long capacity = keep ? Math.Max(bytes, CapacityBytes + (CapacityBytes / 2)) : bytes + (bytes / 8);
        capacity = (capacity + Alignment - 1) / Alignment * Alignment;
        if (!keep) Free();
        void* fresh = NativeMemory.AllocZeroed((nuint)(capacity + Tail + Alignment));
        HugePages.Advise(fresh, capacity + Tail + Alignment);
        byte* aligned = (byte*)(((nuint)fresh + (Alignment - 1)) & ~(nuint)(Alignment - 1));
        if (keep && UsedBytes > 0) NativeMemory.Copy(Pointer, aligned, (nuint)UsedBytes);
        long used = keep ? UsedBytes : 0;
        Free();
        _allocation = fresh;
        Pointer = aligned;
        CapacityBytes = capacity;
        UsedBytes = used;
        _touched = used;
        _ledger.Resized(capacity + Tail);
    }

    private void Free()
    {
        if (_allocation is null) return;
        NativeMemory.Free(_allocation);
        _ledger.Resized(-(CapacityBytes + Tail));
        _allocation = null;
        Pointer = null;
        CapacityBytes = 0;
        UsedBytes = 0;
        _touched = 0;
    }
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Memory that ends, but for the bytes that keep its start aligned, at a page that can only be read (the zero tail), with
/// pages around both that can't be touched. Freed memory becomes untouchable and is given back later.
/// </summary>
internal sealed unsafe partial class GuardPages : NativeSource
{
    private const byte Front = 0xA5;
    private const int NoAccess = 0;
    private const int ReadOnly = 1;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int Fixed = 0x10;

    /// <summary>Freed pieces and bytes of addresses (not of memory) that are kept away.</summary>
    private const int KeptPieces = 512;
    private const long KeptBytes = 4L << 30;

    private readonly long _page = Environment.SystemPageSize;
    private readonly Lock _gate = new();
    private readonly Queue<NativePiece> _freed = new();
    private long _freedBytes;

    ~GuardPages()
    {
        foreach (NativePiece piece in _freed) _ = Unmap(piece.Start, (nuint)piece.Length);
    }

    internal override NativePiece Take(long bytes)
    {
        long inner = (bytes + _page - 1) / _page * _page;
        long length = inner + (3 * _page);
        byte* start = Map(null, (nuint)length, NoAccess, PrivateAnonymous, -1, 0);
        if (start == (byte*)-1)
            throw new InsufficientMemoryException("The system gives no more pages to guard (it also limits their number: vm.max_map_count); guard fewer buffers, or use canaries.");
        byte* end = start + _page + inner;
        bool done = (inner == 0 || Protect(start + _page, (nuint)inner, ReadWrite) == 0) && Protect(end, (nuint)_page, ReadOnly) == 0;
        if (!done)
        {
            _ = Unmap(start, (nuint)length);
            throw new InsufficientMemoryException("The system protects no more pages (vm.max_map_count limits their number); guard fewer buffers, or use canaries.");
        }
        byte* data = end - ((bytes + NativeBlock.Alignment - 1) / NativeBlock.Alignment * NativeBlock.Alignment);
        NativeMemory.Fill(start + _page, (nuint)(data - (start + _page)), Front);
        return new NativePiece(start, length, data);
    }

    internal override void Give(in NativePiece piece)
    {
        // Mapped anew rather than protected: untouched neighbours then count as one to the kernel, which limits their number.
        _ = Map(piece.Start, (nuint)piece.Length, NoAccess, PrivateAnonymous | Fixed, -1, 0);
        lock (_gate)
        {
            _freed.Enqueue(piece);
            _freedBytes += piece.Length;
            while (_freedBytes > KeptBytes || _freed.Count > KeptPieces)
            {
                NativePiece oldest = _freed.Dequeue();
                _freedBytes -= oldest.Length;
                _ = Unmap(oldest.Start, (nuint)oldest.Length);
            }
        }
    }

    internal override string? Damage(in NativePiece piece, long bytes)
    {
        byte* first = piece.Start + _page;
        long at = FirstOther(first, piece.Data - first, Front);
        if (at >= 0) return $"was written before its start, at byte {at - (piece.Data - first)}";
        byte* end = piece.Start + piece.Length - (2 * _page);
        at = FirstOther(piece.Data + bytes, end - (piece.Data + bytes), 0);
        return at < 0 ? null : $"was written past its end, {at} bytes behind it";
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);
}

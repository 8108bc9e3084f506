namespace Fmm.Engine;

/// <summary>A piece of native memory as a <see cref="NativeSource"/> gave it.</summary>
/// <param name="start">What the system gave.</param>
/// <param name="length">Bytes from there.</param>
/// <param name="data">The first byte to use, 64-byte aligned.</param>
internal readonly unsafe struct NativePiece(byte* start, long length, byte* data)
{
    internal readonly byte* Start = start;
    internal readonly long Length = length;
    internal readonly byte* Data = data;
}

/// <summary>Where the memory of a ledger's buffers comes from, with or without a guard around it.</summary>
internal abstract unsafe class NativeSource
{
    /// <summary>Whether a buffer gets memory of exactly its size, anew with every size.</summary>
    internal virtual bool IsExact => true;

    /// <summary>The source of a guard.</summary>
    internal static NativeSource Of(MemoryGuard guard) => guard switch
    {
        MemoryGuard.Off => new PlainMemory(),
        MemoryGuard.Pages when OperatingSystem.IsLinux() => new GuardPages(),
        MemoryGuard.Pages or MemoryGuard.Canaries => new Canaries(),
        _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "There is no such guard; use Off, Canaries or Pages."),
    };

    /// <summary>Zeroed memory: <paramref name="bytes"/> to use and <see cref="NativeBlock.Tail"/> more to read.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    internal abstract NativePiece Take(long bytes);

    /// <summary>Takes memory back.</summary>
    internal abstract void Give(in NativePiece piece);

    /// <summary>What was written where nothing may be written, around a piece of which <paramref name="bytes"/> are used;
    /// null: nothing.</summary>
    internal virtual string? Damage(in NativePiece piece, long bytes) => null;

    /// <summary>What was written to memory after it was freed; null: nothing.</summary>
    internal virtual string? DamageOfFreed() => null;

    /// <summary>The first byte of a run that is not as expected, from its start; -1: all are.</summary>
    private protected static long FirstOther(byte* from, long count, byte expected)
    {
        for (long i = 0; i < count; i++)
            if (from[i] != expected) return i;
        return -1;
    }
}

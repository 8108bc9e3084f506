using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Memory between known bytes: 64 before it, the zero tail and 64 more behind it. Freed memory is filled with known bytes
/// and given back later, so that a write to it is seen.
/// </summary>
internal sealed unsafe class Canaries : NativeSource
{
    private const int Margin = NativeBlock.Alignment;
    private const byte Front = 0xA5;
    private const byte Rear = 0x5A;
    private const byte Freed = 0xDD;

    /// <summary>Freed bytes that are kept away.</summary>
    private const long KeptBytes = 16L << 20;

    private readonly Lock _gate = new();
    private readonly Queue<NativePiece> _freed = new();
    private long _freedBytes;
    private string? _damage;

    ~Canaries()
    {
        foreach (NativePiece piece in _freed) NativeMemory.AlignedFree(piece.Start);
    }

    internal override NativePiece Take(long bytes)
    {
        long length = Margin + Rounded(bytes) + NativeBlock.Tail + Margin;
        byte* start = (byte*)NativeMemory.AlignedAlloc((nuint)length, NativeBlock.Alignment);
        NativeMemory.Clear(start, (nuint)length);
        NativeMemory.Fill(start, Margin, Front);
        NativeMemory.Fill(start + (length - Margin), Margin, Rear);
        return new NativePiece(start, length, start + Margin);
    }

    internal override void Give(in NativePiece piece)
    {
        NativeMemory.Fill(piece.Start, (nuint)piece.Length, Freed);
        lock (_gate)
        {
            _freed.Enqueue(piece);
            _freedBytes += piece.Length;
            while (_freedBytes > KeptBytes)
            {
                NativePiece oldest = _freed.Dequeue();
                _damage ??= DamageOf(oldest);
                _freedBytes -= oldest.Length;
                NativeMemory.AlignedFree(oldest.Start);
            }
        }
    }

    internal override string? Damage(in NativePiece piece, long bytes)
    {
        long at = FirstOther(piece.Start, Margin, Front);
        if (at >= 0) return $"was written before its start, at byte {at - Margin}";
        at = FirstOther(piece.Data + bytes, Rounded(bytes) - bytes + NativeBlock.Tail, 0);
        if (at >= 0) return $"was written past its end, {at} bytes behind it";
        at = FirstOther(piece.Start + (piece.Length - Margin), Margin, Rear);
        return at < 0 ? null : $"was written past its end, {Rounded(bytes) - bytes + NativeBlock.Tail + at} bytes behind it";
    }

    internal override string? DamageOfFreed()
    {
        lock (_gate)
        {
            string? damage = _damage;
            foreach (NativePiece piece in _freed) damage ??= DamageOf(piece);
            return damage;
        }
    }

    private static string? DamageOf(in NativePiece piece)
    {
        long at = FirstOther(piece.Start, piece.Length, Freed);
        return at < 0 ? null : $"Freed memory was written: byte {at - Margin} of a buffer of {piece.Length - (2 * Margin) - NativeBlock.Tail} bytes or a few less.";
    }

    private static long Rounded(long bytes) => (bytes + NativeBlock.Alignment - 1) / NativeBlock.Alignment * NativeBlock.Alignment;
}

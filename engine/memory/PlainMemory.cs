using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Memory without a guard, from the zeroing allocator: fresh pages are zero without being touched, which leaves the first
/// touch to the threads that use them, and unused capacity costs no physical memory.
/// </summary>
internal sealed unsafe class PlainMemory : NativeSource
{
    internal override bool IsExact => false;

    internal override NativePiece Take(long bytes)
    {
        long length = bytes + NativeBlock.Tail + NativeBlock.Alignment;
        byte* start = (byte*)NativeMemory.AllocZeroed((nuint)length);
        HugePages.Advise(start, length);
        return new NativePiece(start, length, (byte*)(((nuint)start + (NativeBlock.Alignment - 1)) & ~(nuint)(NativeBlock.Alignment - 1)));
    }

    internal override void Give(in NativePiece piece) => NativeMemory.Free(piece.Start);
}

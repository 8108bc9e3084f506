using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Lends scratch memory to the matrix products of one provider: a slot a thread in use, taken and put back by one
/// atomic exchange each, so that no call allocates once the slots are filled and none waits for another.
/// </summary>
internal sealed unsafe class GemmBuffers(nuint bytes)
{
    private const int Alignment = 64;

    private readonly nint[] _slots = new nint[64];

    private readonly nuint _bytes = bytes;

    ~GemmBuffers()
    {
        foreach (nint slot in _slots) NativeMemory.AlignedFree((void*)slot);
    }

    /// <summary>Takes a buffer: the one that this thread had last, if it is free.</summary>
    public void* Borrow()
    {
        int first = Environment.CurrentManagedThreadId;
        for (int i = 0; i < _slots.Length; i++)
        {
            nint buffer = Interlocked.Exchange(ref _slots[(first + i) % _slots.Length], 0);
            if (buffer != 0) return (void*)buffer;
            // Only a thread that finds its own slot empty looks further, and not far: an allocation is cheaper.
            if (i == 3) break;
        }

        return NativeMemory.AlignedAlloc(_bytes, Alignment);
    }

    /// <summary>Puts a buffer back, or frees it where there is no room.</summary>
    public void Return(void* buffer)
    {
        int first = Environment.CurrentManagedThreadId;
        for (int i = 0; i < _slots.Length; i++)
            if (Interlocked.CompareExchange(ref _slots[(first + i) % _slots.Length], (nint)buffer, 0) == 0) return;

        NativeMemory.AlignedFree(buffer);
    }
}

namespace Fmm.Engine;

/// <summary>
/// Counts of a system's work in the running update: pairs, floating-point operations, bytes. Units on many workers add at
/// once: each worker has a slot of its own, a cache line wide. Nothing is allocated by adding.
/// </summary>
public sealed class Counters
{
    private const int SlotStride = 16; // Longs: two cache lines, so that prefetching of pairs of lines shares none.
    private long[] _slots = new long[2 * SlotStride];

    /// <summary>Interactions between two points, boxes or whatever the system pairs.</summary>
    public long Pairs => Sum(0);

    /// <summary>Floating-point operations.</summary>
    public long Flops => Sum(1);

    /// <summary>Bytes moved.</summary>
    public long Bytes => Sum(2);

    /// <summary>Adds to the counts; from the system's update or from any of its units.</summary>
    /// <param name="pairs">Pairs.</param>
    /// <param name="flops">Floating-point operations.</param>
    /// <param name="bytes">Bytes moved.</param>
    public void Add(long pairs, long flops = 0, long bytes = 0)
    {
        long[] slots = _slots;
        if (Running.Scope.Node is null)
        {
            // A thread that runs no system shares the first slot with others of its kind.
            Interlocked.Add(ref slots[0], pairs);
            Interlocked.Add(ref slots[1], flops);
            Interlocked.Add(ref slots[2], bytes);
            return;
        }
        int slot = (Running.Scope.Worker + 1) * SlotStride;
        if (slot + 2 >= slots.Length) slot = SlotStride;
        slots[slot] += pairs;
        slots[slot + 1] += flops;
        slots[slot + 2] += bytes;
    }

    /// <summary>Sets every count to zero.</summary>
    public void Reset() => Array.Clear(_slots);

    /// <summary>Before an update: a zero slot for each worker.</summary>
    internal void Prepare(int workers)
    {
        int length = (workers + 1) * SlotStride;
        if (_slots.Length < length) _slots = new long[length];
        else Reset();
    }

    private long Sum(int which)
    {
        long sum = 0;
        for (int slot = 0; slot < _slots.Length; slot += SlotStride) sum += _slots[slot + which];
        return sum;
    }
}

using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Stable parallel sort of 63-bit keys that carries each key's place along: one parallel distribution by the highest bits that differ into
/// buckets the size of a cache, then each bucket on its own. Bits that are the same in all keys cost nothing, and the cut into units
/// depends on the number of keys alone, so the result is the same for every thread count.
/// </summary>
internal sealed unsafe class RadixSort : IDisposable
{
    private const int MinUnit = 16384;
    private const int MaxUnits = 64;
    private const int MaxBits = 11;
    private const int BucketBits = 12;

    private readonly NativeBuffer<KeyedIndex> _pairs;
    private readonly NativeBuffer<KeyedIndex> _spare;
    private readonly NativeBuffer<ulong> _varying;
    private readonly NativeBuffer<int> _offsets;
    private readonly NativeBuffer<int> _buckets;
    private readonly VaryingJob _varyingJob = new();
    private readonly CountJob _countJob = new();
    private readonly ScatterJob _scatterJob = new();
    private readonly BucketJob _bucketJob = new();

    /// <summary>A sorter whose scratch memory is entered in a ledger; it keeps its room between calls.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public RadixSort(Ledger ledger)
    {
        _pairs = new NativeBuffer<KeyedIndex>(ledger, "sort.pairs");
        _spare = new NativeBuffer<KeyedIndex>(ledger, "sort.spare");
        _varying = new NativeBuffer<ulong>(ledger, "sort.varying");
        _offsets = new NativeBuffer<int>(ledger, "sort.offsets");
        _buckets = new NativeBuffer<int>(ledger, "sort.buckets");
    }

    /// <summary>Sorts keys; equal keys stay in their order.</summary>
    /// <param name="jobs">Where the work runs.</param>
    /// <param name="keys">The keys, at most 63 bits each; left as they are.</param>
    /// <param name="sorted">Receives the keys, ascending.</param>
    /// <param name="order">Receives for each sorted key its row in <paramref name="keys"/>.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void Sort(Jobs jobs, ReadOnlySpan<ulong> keys, Span<ulong> sorted, Span<int> order)
    {
        if (sorted.Length != keys.Length || order.Length != keys.Length)
            throw new ArgumentException($"{keys.Length} keys need as many rows for the result, not {sorted.Length} and {order.Length}.", nameof(sorted));

        if (keys.Length == 0) return;
        fixed (ulong* keysPointer = keys, sortedPointer = sorted)
        fixed (int* orderPointer = order)
        {
            Sort(jobs, keysPointer, keys.Length, sortedPointer, orderPointer);
        }
    }

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        _pairs.Dispose();
        _spare.Dispose();
        _varying.Dispose();
        _offsets.Dispose();
        _buckets.Dispose();
    }

    private void Sort(Jobs jobs, ulong* keys, int count, ulong* sorted, int* order)
    {
        int unit = Math.Max(MinUnit, (count + MaxUnits - 1) / MaxUnits);
        int units = (count + unit - 1) / unit;
        SortUnits work = new() { Keys = keys, Count = count, Unit = unit };

        _varying.Resize(units);
        _varyingJob.Work = work;
        _varyingJob.Varying = _varying.Pointer;
        jobs.For(units, _varyingJob);
        ulong varying = 0;
        for (int i = 0; i < units; i++) varying |= _varying.Pointer[i];
        int top = 64 - BitOperations.LeadingZeroCount(varying);
        int bits = Math.Min(Math.Clamp(BitOperations.Log2((uint)count) - BucketBits, 0, MaxBits), top);
        int shift = top - bits;
        int buckets = 1 << bits;

        // Rows of counts are by unit, so that a unit writes its own; the running sum goes bucket by bucket to keep the sort stable.
        _offsets.Resize(units * buckets);
        _countJob.Work = _scatterJob.Work = work;
        _countJob.Shift = _scatterJob.Shift = shift;
        _countJob.Buckets = _scatterJob.Buckets = buckets;
        _countJob.Counts = _scatterJob.Offsets = _offsets.Pointer;
        jobs.For(units, _countJob);
        _buckets.Resize(buckets + 1);
        int running = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            _buckets.Pointer[bucket] = running;
            for (int i = 0; i < units; i++)
            {
                int* slot = _offsets.Pointer + ((long)i * buckets) + bucket;
                (*slot, running) = (running, running + *slot);
            }
        }

        _buckets.Pointer[buckets] = running;
        _pairs.Resize(count);
        _spare.Resize(count);
        _scatterJob.Pairs = _pairs.Pointer;
        jobs.For(units, _scatterJob);

        _bucketJob.Starts = _buckets.Pointer;
        _bucketJob.Pairs = _pairs.Pointer;
        _bucketJob.Spare = _spare.Pointer;
        _bucketJob.Sorted = sorted;
        _bucketJob.Order = order;
        _bucketJob.Bits = shift;
        jobs.For(buckets, _bucketJob);
    }

    private struct SortUnits
    {
        public ulong* Keys;
        public int Count;
        public int Unit;

        public readonly int Start(int unit) => unit * Unit;

        public readonly int End(int unit) => (int)Math.Min(Count, (long)(unit + 1) * Unit);
    }

    private sealed class VaryingJob : IJob
    {
        public SortUnits Work;
        public ulong* Varying;

        public void Execute(int unit, int worker)
        {
            ulong first = Work.Keys[0];
            ulong varying = 0;
            for (int i = Work.Start(unit), end = Work.End(unit); i < end; i++) varying |= Work.Keys[i] ^ first;
            Varying[unit] = varying;
        }
    }

    private sealed class CountJob : IJob
    {
        public SortUnits Work;
        public int* Counts;
        public int Shift;
        public int Buckets;

        public void Execute(int unit, int worker)
        {
            int* counts = Counts + ((long)unit * Buckets);
            new Span<int>(counts, Buckets).Clear();
            ulong mask = (ulong)Buckets - 1;
            for (int i = Work.Start(unit), end = Work.End(unit); i < end; i++) counts[(Work.Keys[i] >> Shift) & mask]++;
        }
    }

    private sealed class ScatterJob : IJob
    {
        public SortUnits Work;
        public int* Offsets;
        public KeyedIndex* Pairs;
        public int Shift;
        public int Buckets;

        public void Execute(int unit, int worker)
        {
            int* offsets = Offsets + ((long)unit * Buckets);
            ulong mask = (ulong)Buckets - 1;
            KeyedIndex* pairs = Pairs;
            for (int i = Work.Start(unit), end = Work.End(unit); i < end; i++)
            {
                ulong key = Work.Keys[i];
                KeyedIndex* pair = pairs + offsets[(key >> Shift) & mask]++;
                pair->Key = key;
                pair->Index = i;
            }
        }
    }

    private sealed class BucketJob : IJob
    {
        public int* Starts;
        public KeyedIndex* Pairs;
        public KeyedIndex* Spare;
        public ulong* Sorted;
        public int* Order;
        public int Bits;

        public void Execute(int unit, int worker)
        {
            int start = Starts[unit];
            int end = Starts[unit + 1];
            BucketSort.Sort(Pairs + start, Spare + start, end - start, Bits);
            for (int i = start; i < end; i++)
            {
                Sorted[i] = Pairs[i].Key;
                Order[i] = Pairs[i].Index;
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// Stable sort of one bucket on one thread. Two passes by the sixteen highest bits that differ leave, for points spread over space, runs of
/// one or two keys; only longer runs of the same sixteen bits (clusters) are sorted further, by their next sixteen.
/// </summary>
internal static unsafe class BucketSort
{
    private const int Digit = 8;
    private const int Buckets = 1 << Digit;
    private const int Small = 24;

    /// <summary>Sorts in place.</summary>
    /// <param name="pairs">The bucket.</param>
    /// <param name="spare">As much room again.</param>
    /// <param name="count">Number of pairs.</param>
    /// <param name="bits">Lowest bits in which the keys may differ.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(KeyedIndex* pairs, KeyedIndex* spare, int count, int bits)
    {
        if (count <= Small)
        {
            Insert(pairs, count);
            return;
        }

        ulong varying = 0;
        for (int i = 1; i < count; i++) varying |= pairs[i].Key ^ pairs[0].Key;
        int top = Math.Min(64 - BitOperations.LeadingZeroCount(varying), bits);
        if (top == 0) return;
        int low = Math.Max(top - (2 * Digit), 0);
        Distribute(pairs, spare, count, low);
        Distribute(spare, pairs, count, low + Digit);
        for (int start = 0; low > 0 && start < count;)
        {
            int end = start + 1;
            ulong high = pairs[start].Key >> low;
            while (end < count && pairs[end].Key >> low == high) end++;
            if (end - start > 1) Sort(pairs + start, spare + start, end - start, low);
            start = end;
        }
    }

    private static void Distribute(KeyedIndex* from, KeyedIndex* to, int count, int shift)
    {
        int* offsets = stackalloc int[Buckets];
        new Span<int>(offsets, Buckets).Clear();
        for (int i = 0; i < count; i++) offsets[(from[i].Key >> shift) & (Buckets - 1)]++;
        int running = 0;
        for (int bucket = 0; bucket < Buckets; bucket++) (offsets[bucket], running) = (running, running + offsets[bucket]);
        for (int i = 0; i < count; i++) to[offsets[(from[i].Key >> shift) & (Buckets - 1)]++] = from[i];
    }

    private static void Insert(KeyedIndex* pairs, int count)
    {
        for (int i = 1; i < count; i++)
        {
            KeyedIndex pair = pairs[i];
            int place = i;
            while (place > 0 && pairs[place - 1].Key > pair.Key)
            {
                pairs[place] = pairs[place - 1];
                place--;
            }

            pairs[place] = pair;
        }
    }
}

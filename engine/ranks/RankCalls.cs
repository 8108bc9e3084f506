namespace Fmm.Engine;

/// <summary>The calls of <see cref="IRanks"/> for spans.</summary>
public static unsafe class RankCalls
{
    /// <summary>Brings as many elements of every rank to all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's elements.</param>
    /// <param name="all">Receives those of all ranks, rank after rank.</param>
    /// <exception cref="ArgumentException"><paramref name="all"/> has another length.</exception>
    public static void Gather<T>(this IRanks ranks, ReadOnlySpan<T> own, Span<T> all)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (all.Length != (long)own.Length * ranks.Count) throw new ArgumentException($"{all.Length} elements are not those of {ranks.Count} ranks with {own.Length} each.", nameof(all));
        fixed (T* from = own, to = all) ranks.Gather(from, own.Length, sizeof(T), to);
    }

    /// <summary>One element of every rank, in the order of the ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's.</param>
    public static T[] Gather<T>(this IRanks ranks, T own)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        T[] all = new T[ranks.Count];
        Gather(ranks, new ReadOnlySpan<T>(in own), all);
        return all;
    }

    /// <summary>The sum over all ranks, added in their order: the same bits on all of them and in every run.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's number.</param>
    public static double Sum(this IRanks ranks, double own) => Gather(ranks, own).Sum();

    /// <summary>The sum over all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's number.</param>
    public static long Sum(this IRanks ranks, long own) => Gather(ranks, own).Sum();

    /// <summary>The largest of all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's number.</param>
    public static T Largest<T>(this IRanks ranks, T own)
        where T : unmanaged, IComparable<T> => Gather(ranks, own).Max();

    /// <summary>Sends some elements to each rank and returns what comes in, in the order of the ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="send">What goes out, rank after rank.</param>
    /// <param name="sendCounts">Elements for each rank.</param>
    /// <param name="receiveCounts">Receives how many elements came from each.</param>
    public static T[] Exchange<T>(this IRanks ranks, ReadOnlySpan<T> send, ReadOnlySpan<long> sendCounts, Span<long> receiveCounts)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        Counts(ranks, sendCounts, receiveCounts);
        long total = 0;
        foreach (long count in receiveCounts) total += count;
        T[] received = new T[total];
        fixed (T* from = send, to = received) ranks.Exchange(from, sendCounts, to, receiveCounts, sizeof(T));
        return received;
    }

    /// <summary>Tells each rank how many elements it will get from this one, and learns how many come from each.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="sendCounts">Elements for each rank.</param>
    /// <param name="receiveCounts">Receives the elements from each.</param>
    public static void Counts(this IRanks ranks, ReadOnlySpan<long> sendCounts, Span<long> receiveCounts)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (sendCounts.Length != ranks.Count || receiveCounts.Length != ranks.Count) throw new ArgumentException($"Counts are one for each of {ranks.Count} ranks.", nameof(sendCounts));
        Span<long> one = ranks.Count <= 256 ? stackalloc long[ranks.Count] : new long[ranks.Count];
        one.Fill(1);
        fixed (long* from = sendCounts, to = receiveCounts) ranks.Exchange(from, one, to, one, sizeof(long));
    }
}

using System.Numerics;

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

    /// <summary>Puts the sums over all ranks in the place of each number, added in the order of the ranks: the same bits on all of them and in every run.</summary>
    /// <remarks>Each rank adds a share of the numbers, and all of them get all shares: twice the numbers go through each rank, however many ranks there are.</remarks>
    /// <param name="ranks">The ranks.</param>
    /// <param name="numbers">This rank's numbers, as many on every rank; receives the sums.</param>
    public static void Sum<T>(this IRanks ranks, Span<T> numbers)
        where T : unmanaged, INumber<T> => Reduce(ranks, numbers, (a, b) => a + b);

    /// <summary>Puts the largest of all ranks in the place of each number.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="numbers">This rank's numbers, as many on every rank; receives the largest.</param>
    public static void Largest<T>(this IRanks ranks, Span<T> numbers)
        where T : unmanaged, INumber<T> => Reduce(ranks, numbers, T.Max);

    /// <summary>Brings what one rank has to all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="elements">What the root gives, as many elements on every rank; receives that on the others.</param>
    /// <param name="root">The rank that gives.</param>
    public static void Broadcast<T>(this IRanks ranks, Span<T> elements, int root)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        long[] send = new long[ranks.Count], receive = new long[ranks.Count];
        if (ranks.Rank == root) send.AsSpan().Fill(elements.Length);
        receive[root] = elements.Length;
        // What goes to a rank stands behind what goes to the ranks before it.
        T[] all = ranks.Rank == root ? new T[elements.Length * (long)ranks.Count] : [];
        for (int rank = 0; rank < ranks.Count && ranks.Rank == root; rank++) elements.CopyTo(all.AsSpan(rank * elements.Length));
        fixed (T* from = all, to = elements) ranks.Exchange(from, send, to, receive, sizeof(T));
    }

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

    private static void Reduce<T>(IRanks ranks, Span<T> numbers, Func<T, T, T> join)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (ranks.Count == 1) return;
        int count = ranks.Count, share = (numbers.Length + count - 1) / count;
        T[] own = new T[(long)share * count], shares = new T[(long)share * count];
        numbers.CopyTo(own);
        long[] each = new long[count];
        each.AsSpan().Fill(share);
        fixed (T* from = own, to = shares) ranks.Exchange(from, each, to, each, sizeof(T));
        for (int rank = 1; rank < count; rank++)
            for (int i = 0; i < share; i++) shares[i] = join(shares[i], shares[(rank * share) + i]);
        Gather(ranks, shares.AsSpan(0, share), own);
        own.AsSpan(0, numbers.Length).CopyTo(numbers);
    }
}

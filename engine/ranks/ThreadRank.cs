namespace Fmm.Engine;

/// <summary>A rank that is a thread of this process.</summary>
internal sealed unsafe class ThreadRank(ThreadGroup group, int rank) : IRanks
{
    private readonly Dictionary<long, ThreadPost> _posts = [];
    private long _next;
    private long _sent, _received, _messages;
    private double _waiting;

    public string Name => "threads";

    public int Rank => rank;

    public int Count => group.Count;

    public RankTraffic Traffic => new(_sent, _received, _messages, _waiting);

    public void Barrier() => _waiting += group.Meet(rank, nameof(Barrier));

    public void Gather(void* own, long count, int elementBytes, void* all)
    {
        long bytes = count * elementBytes;
        group.Offers[rank] = new ThreadOffer { Data = own, Counts = [count] };
        _waiting += group.Meet(rank, nameof(Gather));
        for (int other = 0; other < Count; other++)
        {
            ThreadOffer offer = group.Offers[other];
            if (offer.Counts is not [var theirs] || theirs != count) throw new RankFailedException($"Rank {other} gives {string.Join("; ", offer.Counts)} elements in Gather, and rank {rank} {count}: give as many.");
            Buffer.MemoryCopy(offer.Data, (byte*)all + (other * bytes), bytes, bytes);
        }

        Note((Count - 1) * bytes, (Count - 1) * bytes, bytes > 0 ? Count - 1 : 0);
        // Nobody goes on before all have read.
        _waiting += group.Meet(rank, nameof(Gather));
    }

    public void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes)
    {
        if (sendCounts.Length != Count || receiveCounts.Length != Count) throw new ArgumentException($"Counts are one for each of {Count} ranks.", nameof(sendCounts));
        group.Offers[rank] = new ThreadOffer { Data = send, Counts = sendCounts.ToArray() };
        _waiting += group.Meet(rank, nameof(Exchange));
        byte* to = (byte*)receive;
        for (int other = 0; other < Count; other++)
        {
            ThreadOffer offer = group.Offers[other];
            if (offer.Counts.Length != Count || offer.Counts[rank] != receiveCounts[other])
                throw new RankFailedException($"Rank {other} sends {(offer.Counts.Length == Count ? offer.Counts[rank] : 0)} elements to rank {rank}, which expects {receiveCounts[other]}.");
            long before = 0, bytes = receiveCounts[other] * elementBytes;
            for (int one = 0; one < rank; one++) before += offer.Counts[one];
            Buffer.MemoryCopy((byte*)offer.Data + (before * elementBytes), to, bytes, bytes);
            to += bytes;
            if (other == rank) continue;
            Note(sendCounts[other] * elementBytes, bytes, sendCounts[other] > 0 ? 1 : 0);
        }

        _waiting += group.Meet(rank, nameof(Exchange));
    }

    public RankMessage Send(void* data, long count, int elementBytes, int to, int tag)
    {
        RequireOther(to, nameof(to));
        Note(count * elementBytes, 0, 1);
        return Post(new ThreadPost(true, rank, to, tag, data, count * elementBytes));
    }

    public RankMessage Receive(void* data, long count, int elementBytes, int from, int tag)
    {
        RequireOther(from, nameof(from));
        Note(0, count * elementBytes, 0);
        return Post(new ThreadPost(false, from, rank, tag, data, count * elementBytes));
    }

    public bool IsDone(RankMessage message) => group.IsDone(Known(message));

    public void Wait(RankMessage message)
    {
        _waiting += group.Wait(Known(message));
        _posts.Remove(message.Number);
    }

    public void Fail(string reason) => group.Fail(rank, reason);

    public void Dispose()
    {
    }

    private RankMessage Post(ThreadPost post)
    {
        _posts[++_next] = post;
        group.Post(post);
        return new RankMessage(_next);
    }

    private ThreadPost Known(RankMessage message) => _posts.TryGetValue(message.Number, out ThreadPost? post) ? post
        : throw new ArgumentOutOfRangeException(nameof(message), message, $"Rank {rank} has no such message under way.");

    private void RequireOther(int other, string name)
    {
        if (other == rank || other < 0 || other >= Count) throw new ArgumentOutOfRangeException(name, other, $"Rank {rank} of {Count} sends to others, and receives from them.");
    }

    private void Note(long sent, long received, long messages)
    {
        _sent += sent;
        _received += received;
        _messages += messages;
    }
}

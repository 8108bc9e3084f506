namespace Fmm.Engine;

/// <summary>One process alone, to which nobody tells anything.</summary>
public sealed unsafe class OneRank : IRanks
{
    /// <inheritdoc/>
    public string Name => "one";

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public RankTraffic Traffic => default;

    /// <inheritdoc/>
    public void Barrier()
    {
    }

    /// <inheritdoc/>
    public void Gather(void* own, long count, int elementBytes, void* all) => Buffer.MemoryCopy(own, all, count * elementBytes, count * elementBytes);

    /// <inheritdoc/>
    public void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes)
    {
        if (sendCounts is not [var count] || receiveCounts is not [var wanted]) throw new ArgumentException("Counts are one for each of 1 rank.", nameof(sendCounts));
        if (count != wanted) throw new RankFailedException($"This rank sends itself {count} elements, and expects {wanted}.");
        Buffer.MemoryCopy(send, receive, count * elementBytes, count * elementBytes);
    }

    /// <inheritdoc/>
    public RankMessage Send(void* data, long count, int elementBytes, int to, int tag) => throw new ArgumentOutOfRangeException(nameof(to), to, "There is one rank alone: it sends itself nothing.");

    /// <inheritdoc/>
    public RankMessage Receive(void* data, long count, int elementBytes, int from, int tag) => throw new ArgumentOutOfRangeException(nameof(from), from, "There is one rank alone: it sends itself nothing.");

    /// <inheritdoc/>
    public bool IsDone(RankMessage message) => throw new ArgumentOutOfRangeException(nameof(message), message, "There is one rank alone, and so no message.");

    /// <inheritdoc/>
    public void Wait(RankMessage message) => IsDone(message);

    /// <inheritdoc/>
    public void Fail(string reason)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>The ranks of a launcher, as a command uses them: before a failure ends this process, nothing of its unfinished files is left behind.</summary>
/// <param name="under">The ranks.</param>
/// <param name="outputs">The files that are not finished.</param>
internal sealed unsafe class CommandRanks(IRanks under, Fmm.Files.OpenOutputs outputs) : IRanks
{
    /// <inheritdoc/>
    public string Name => under.Name;

    /// <inheritdoc/>
    public int Rank => under.Rank;

    /// <inheritdoc/>
    public int Count => under.Count;

    /// <inheritdoc/>
    public RankTraffic Traffic => under.Traffic;

    /// <inheritdoc/>
    public void Barrier() => under.Barrier();

    /// <inheritdoc/>
    public void Gather(void* own, long count, int elementBytes, void* all) => under.Gather(own, count, elementBytes, all);

    /// <inheritdoc/>
    public void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes) => under.Exchange(send, sendCounts, receive, receiveCounts, elementBytes);

    /// <inheritdoc/>
    public RankMessage Send(void* data, long count, int elementBytes, int to, int tag) => under.Send(data, count, elementBytes, to, tag);

    /// <inheritdoc/>
    public RankMessage Receive(void* data, long count, int elementBytes, int from, int tag) => under.Receive(data, count, elementBytes, from, tag);

    /// <inheritdoc/>
    public bool IsDone(RankMessage message) => under.IsDone(message);

    /// <inheritdoc/>
    public void Wait(RankMessage message) => under.Wait(message);

    /// <inheritdoc/>
    public void Fail(string reason)
    {
        outputs.AbandonAll();
        under.Fail(reason);
    }

    /// <inheritdoc/>
    public void Dispose() => under.Dispose();
}

using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// The collective calls, made from messages between two ranks: so every number of bytes is checked, and who is waited for is known. (MPI's own tell neither; those
/// of Open MPI that do not block send to every rank where this takes log2 P steps.)
/// </summary>
/// <remarks>
/// In each call a rank tells the one before it which call it is in. Where all neighbours agree, all do, and nobody waits for more than a neighbour.
/// Barriers and small gathers go by dissemination (Bruck, Ho, Kipnis, Upfal and Weathersby 1997): in step k from the rank 2^k behind, any number of ranks.
/// </remarks>
internal sealed unsafe class MpiCollectives : IDisposable
{
    private const int CallTag = 0, GatherTag = 1, FirstExchangeTag = 2, LastExchangeTag = 32_767;

    // Up to here latency counts more than a copy.
    private const long SmallGather = 1 << 20;

    private readonly MpiMessages _messages;
    private readonly nint _communicator;
    private readonly MpiCall* _calls = (MpiCall*)NativeMemory.AllocZeroed(2, (nuint)sizeof(MpiCall));
    private readonly MpiPost[] _pair = new MpiPost[2];
    private readonly MpiPost[] _posts;
    private readonly long[] _starts, _places;
    private byte* _scratch;
    private long _scratchBytes;
    private int _exchangeTag;

    public MpiCollectives(MpiMessages messages, nint communicator)
    {
        (_messages, _communicator) = (messages, communicator);
        _posts = new MpiPost[2 * messages.Count];
        (_starts, _places) = (new long[messages.Count], new long[messages.Count]);
    }

    private int Rank => _messages.Rank;

    private int Count => _messages.Count;

    /// <summary>Returns when all ranks are in it.</summary>
    /// <returns>Seconds waited.</returns>
    public double Meet(MpiCallKind kind)
    {
        double waited = 0;
        for (int step = 1; step < Count; step *= 2) waited += Agree(new MpiCall(kind, 0), step);
        return waited;
    }

    /// <summary>Brings as many bytes of every rank to all.</summary>
    /// <returns>Seconds waited.</returns>
    public double Gather(void* own, long bytes, byte* all)
    {
        Buffer.MemoryCopy(own, all + (Rank * bytes), bytes, bytes);
        if (Count == 1) return 0;
        double waited = Agree(new MpiCall(MpiCallKind.Gather, bytes), 1);
        if (bytes == 0) return waited;
        return waited + (bytes * Count <= SmallGather ? GatherInSteps(own, bytes, all) : GatherFromEach(own, bytes, all));
    }

    /// <summary>Sends elements to each rank and receives some from each.</summary>
    /// <returns>Seconds waited.</returns>
    public double Exchange(byte* send, ReadOnlySpan<long> sendCounts, byte* receive, ReadOnlySpan<long> receiveCounts, int elementBytes)
    {
        // A number of its own, so that what nobody has taken is not taken for what comes later.
        _exchangeTag = _exchangeTag is 0 or LastExchangeTag ? FirstExchangeTag : _exchangeTag + 1;
        int posts = 0;
        for (int i = 1; i < Count; i++)
        {
            _starts[i] = _starts[i - 1] + (sendCounts[i - 1] * elementBytes);
            _places[i] = _places[i - 1] + (receiveCounts[i - 1] * elementBytes);
        }

        for (int i = 1; i < Count; i++)
        {
            int from = (Rank + Count - i) % Count, to = (Rank + i) % Count;
            if (receiveCounts[from] > 0) _posts[posts++] = _messages.Begin(false, _communicator, receive + _places[from], receiveCounts[from] * elementBytes, from, _exchangeTag);
            if (sendCounts[to] > 0) _posts[posts++] = _messages.Begin(true, _communicator, send + _starts[to], sendCounts[to] * elementBytes, to, _exchangeTag);
        }

        long own = sendCounts[Rank] * elementBytes;
        Buffer.MemoryCopy(send + _starts[Rank], receive + _places[Rank], own, own);
        double waited = Count > 1 ? Agree(new MpiCall(MpiCallKind.Exchange, elementBytes), 1) : 0;
        return waited + Finish(_posts.AsSpan(0, posts), nameof(Exchange));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_calls);
        NativeMemory.Free(_scratch);
    }

    // Tells the rank before which call this is, and hears it from the one behind.
    private double Agree(MpiCall call, int step)
    {
        int to = (Rank + Count - step) % Count, from = (Rank + step) % Count;
        _calls[0] = call;
        double waited = Swap(&_calls[0], to, &_calls[1], from, sizeof(MpiCall), CallTag, call.Name, step > 1);
        MpiCall other = _calls[1];
        if (other == call)
        {
            // What comes with the last exchange has a place by now.
            if (_exchangeTag > 0) _messages.RequireNone(_communicator, _exchangeTag, nameof(Exchange));
            return waited;
        }

        // Whoever leaves early knows why: a second to say it, before this one ends all.
        if (other.Kind == MpiCallKind.End) Thread.Sleep(1000);
        throw _messages.Fault($"Rank {from} is in {other}, and rank {Rank} in {call}: all ranks make the same calls in the same order.");
    }

    // The blocks of this rank and of those behind it, twice as many in each step.
    private double GatherInSteps(void* own, long bytes, byte* all)
    {
        if (_scratchBytes < bytes * Count)
        {
            NativeMemory.Free(_scratch);
            _scratchBytes = bytes * Count;
            _scratch = (byte*)NativeMemory.Alloc((nuint)_scratchBytes);
        }

        Buffer.MemoryCopy(own, _scratch, bytes, bytes);
        double waited = 0;
        for (int step = 1; step < Count; step *= 2)
        {
            int to = (Rank + Count - step) % Count, from = (Rank + step) % Count;
            waited += Swap(_scratch, to, _scratch + (step * bytes), from, Math.Min(step, Count - step) * bytes, GatherTag, nameof(Gather), step > 1);
        }

        long behind = (Count - Rank) * bytes, before = Rank * bytes;
        Buffer.MemoryCopy(_scratch, all + before, behind, behind);
        Buffer.MemoryCopy(_scratch + behind, all, before, before);
        return waited;
    }

    private double GatherFromEach(void* own, long bytes, byte* all)
    {
        int posts = 0;
        for (int i = 1; i < Count; i++)
        {
            int from = (Rank + Count - i) % Count, to = (Rank + i) % Count;
            _posts[posts++] = _messages.Begin(false, _communicator, all + (from * bytes), bytes, from, GatherTag);
            _posts[posts++] = _messages.Begin(true, _communicator, own, bytes, to, GatherTag);
        }

        return Finish(_posts.AsSpan(0, posts), nameof(Gather));
    }

    private double Swap(void* send, int to, void* receive, int from, long bytes, int tag, string call, bool isHandedOn)
    {
        _pair[0] = _messages.Begin(false, _communicator, receive, bytes, from, tag);
        _pair[1] = _messages.Begin(true, _communicator, send, bytes, to, tag);
        return Finish(_pair, call, isHandedOn);
    }

    private double Finish(ReadOnlySpan<MpiPost> posts, string call, bool isHandedOn = false)
    {
        double waited = _messages.Wait(posts, call, isHandedOn);
        foreach (MpiPost post in posts) _messages.Free(post);
        return waited;
    }
}

using System.Diagnostics;

namespace Fmm.Engine;

/// <summary>What the ranks of one process share: where they meet, the messages under way, and whether one has failed.</summary>
internal sealed unsafe class ThreadGroup(int count, TimeSpan patience)
{
    private readonly object _gate = new();
    private readonly bool[] _arrived = new bool[count];
    private readonly Dictionary<(int From, int To, int Tag), (Queue<ThreadPost> Sends, Queue<ThreadPost> Receives)> _mail = [];
    private (int Rank, string Call) _first;
    private int _present;
    private long _meeting;
    private string? _failure;
    private Exception? _thrown;

    public int Count => count;

    /// <summary>What each rank has laid out for the others, from one meeting to the next.</summary>
    public ThreadOffer[] Offers { get; } = new ThreadOffer[count];

    /// <summary>Runs a rank to its end; what it throws ends the others.</summary>
    public void Run(ThreadRank rank, Action<IRanks> action)
    {
        try
        {
            action(rank);
        }
        catch (Exception fault)
        {
            Fail(rank.Rank, fault.Message, fault);
        }
    }

    /// <summary>Tells all that a rank has failed; the first one counts.</summary>
    public void Fail(int rank, string reason, Exception? thrown = null)
    {
        lock (_gate)
        {
            if (_failure is null) (_failure, _thrown) = ($"Rank {rank} of {count} has failed: {reason}", thrown);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Throws if a rank has failed.</summary>
    /// <exception cref="RankFailedException">It has.</exception>
    public void ThrowIfFailed()
    {
        lock (_gate)
        {
            if (_failure is not null) throw new RankFailedException(_failure, _thrown);
        }
    }

    /// <summary>Waits until all ranks are there.</summary>
    /// <param name="rank">The rank that has come.</param>
    /// <param name="call">What it does, which must be the same on all.</param>
    /// <returns>Seconds waited.</returns>
    /// <exception cref="RankFailedException">A rank has failed, did not come in time, or does something else.</exception>
    public double Meet(int rank, string call)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _arrived[rank] = true;
            if (_present == 0) _first = (rank, call);
            if (_first.Call != call)
            {
                _failure ??= $"Rank {_first.Rank} is in {_first.Call}, and rank {rank} in {call}: all ranks make the same calls in the same order.";
                Monitor.PulseAll(_gate);
            }

            if (_failure is not null) throw new RankFailedException(_failure, _thrown);
            if (++_present == count)
            {
                _present = 0;
                Array.Clear(_arrived);
                _meeting++;
                Monitor.PulseAll(_gate);
                return 0;
            }

            long meeting = _meeting;
            Await(() => _meeting != meeting, start, () => $"rank {rank} waited in {call} for rank {string.Join(", ", Enumerable.Range(0, count).Where(one => !_arrived[one]))}");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Hands in one side of a message; where the other is there, it is carried out.</summary>
    public void Post(ThreadPost post)
    {
        lock (_gate)
        {
            (int, int, int) key = (post.From, post.To, post.Tag);
            if (!_mail.TryGetValue(key, out (Queue<ThreadPost> Sends, Queue<ThreadPost> Receives) queues)) _mail[key] = queues = ([], []);
            (post.IsSend ? queues.Sends : queues.Receives).Enqueue(post);
            while (queues.Sends.Count > 0 && queues.Receives.Count > 0) Carry(queues.Sends.Dequeue(), queues.Receives.Dequeue());
            if (queues.Sends.Count + queues.Receives.Count == 0) _mail.Remove(key);
        }
    }

    /// <summary>Whether a message is done.</summary>
    public bool IsDone(ThreadPost post)
    {
        lock (_gate)
        {
            if (_failure is not null) throw new RankFailedException(_failure, _thrown);
            return post.IsDone;
        }
    }

    /// <summary>Waits until a message is done.</summary>
    /// <returns>Seconds waited.</returns>
    public double Wait(ThreadPost post)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (post.IsDone && _failure is null) return 0;
            Await(() => post.IsDone, start, () => post.IsSend
                ? $"rank {post.From} waited for rank {post.To} to take message {post.Tag}" : $"rank {post.To} waited for message {post.Tag} from rank {post.From}");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Await(Func<bool> done, long start, Func<string> words)
    {
        while (!done())
        {
            if (_failure is not null) throw new RankFailedException(_failure, _thrown);
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
            {
                if (done()) return;
                _failure = $"The ranks did not come together in {patience.TotalSeconds:g3} s: {words()}.";
                Monitor.PulseAll(_gate);
                throw new RankFailedException(_failure);
            }
        }
    }

    private void Carry(ThreadPost send, ThreadPost receive)
    {
        if (send.Bytes != receive.Bytes)
        {
            _failure ??= $"Rank {send.From} sends {send.Bytes} bytes as message {send.Tag} to rank {send.To}, which expects {receive.Bytes}.";
        }
        else
        {
            Buffer.MemoryCopy(send.Data, receive.Data, send.Bytes, send.Bytes);
            send.IsDone = receive.IsDone = true;
        }

        Monitor.PulseAll(_gate);
    }
}

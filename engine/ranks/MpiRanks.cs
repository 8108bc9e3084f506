using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>Processes that a launcher of MPI started together; <see cref="Ranks.Join"/> makes it.</summary>
/// <remarks>
/// It sends over communicators of its own, which the host's messages do not mix with. A host that has started MPI itself ends it itself, after it has disposed this.
/// What nobody catches, on any thread, ends the ranks everywhere with its words, and so does a process that ends without disposing its ranks.
/// Whoever catches what one rank throws calls <see cref="Fail"/>: without it the others learn of it only where they next meet, or when their patience ends.
/// </remarks>
public sealed unsafe class MpiRanks : IRanks
{
    private const int LargestTag = 32_767; // the least that MPI grants

    private readonly MpiLibrary _mpi;
    private readonly MpiMessages _messages;
    private readonly MpiCollectives _collectives;
    private readonly Dictionary<long, MpiPost> _posts = [];
    private nint _pairs, _groups;
    private long _next;
    private long _sent, _received, _sentMessages;
    private double _waiting;
    private bool _isDisposed;
    private int _hasFailed;

    internal MpiRanks(MpiLibrary mpi, TimeSpan patience, int expected = 0, int pieceBytes = 1 << 30)
    {
        _mpi = mpi;
        MpiSession.Enter(mpi);
        int rank = 0, count = 0;
        _ = mpi.MPI_Comm_rank(mpi.MPI_COMM_WORLD, &rank);
        _ = mpi.MPI_Comm_size(mpi.MPI_COMM_WORLD, &count);
        if (expected > 1 && count == 1)
        {
            MpiSession.Leave(mpi);
            throw new RankFailedException($"The launcher started {expected} processes, and {mpi.Name} sees this one alone: it is the library of another launcher, or the two have no PMI in common. "
                + $"Name the right library by {MpiLoader.Variable}=path, or with Slurm choose another of srun --mpi=list; with {MpiLoader.Variable}=none every process is alone.");
        }

        _pairs = OwnCommunicator();
        _groups = OwnCommunicator();
        _messages = new MpiMessages(mpi, rank, count, patience, pieceBytes);
        _collectives = new MpiCollectives(_messages, _groups);
        AppDomain.CurrentDomain.UnhandledException += EndWithWords;
        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
    }

    /// <inheritdoc/>
    public string Name => _mpi.Name;

    /// <inheritdoc/>
    public int Rank => _messages.Rank;

    /// <inheritdoc/>
    public int Count => _messages.Count;

    /// <inheritdoc/>
    public RankTraffic Traffic => new(_sent, _received, _sentMessages, _waiting);

    /// <inheritdoc/>
    public void Barrier()
    {
        RequireAlive();
        _waiting += _collectives.Meet(MpiCallKind.Barrier);
    }

    /// <inheritdoc/>
    public void Gather(void* own, long count, int elementBytes, void* all)
    {
        RequireAlive();
        long bytes = count * elementBytes;
        _waiting += _collectives.Gather(own, bytes, (byte*)all);
        Note((Count - 1) * bytes, (Count - 1) * bytes, bytes > 0 ? Count - 1 : 0);
    }

    /// <inheritdoc/>
    public void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes)
    {
        RequireAlive();
        if (sendCounts.Length != Count || receiveCounts.Length != Count) throw new ArgumentException($"Counts are one for each of {Count} ranks.", nameof(sendCounts));
        if (sendCounts[Rank] != receiveCounts[Rank]) throw _messages.Fault($"Rank {Rank} sends {sendCounts[Rank]} elements to itself, and expects {receiveCounts[Rank]}.");
        _waiting += _collectives.Exchange((byte*)send, sendCounts, (byte*)receive, receiveCounts, elementBytes);
        for (int other = 0; other < Count; other++)
        {
            if (other != Rank) Note(sendCounts[other] * elementBytes, receiveCounts[other] * elementBytes, sendCounts[other] > 0 ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    public RankMessage Send(void* data, long count, int elementBytes, int to, int tag)
    {
        Require(to, nameof(to), tag);
        Note(count * elementBytes, 0, 1);
        return Begin(isSend: true, data, count * elementBytes, to, tag);
    }

    /// <inheritdoc/>
    public RankMessage Receive(void* data, long count, int elementBytes, int from, int tag)
    {
        Require(from, nameof(from), tag);
        Note(0, count * elementBytes, 0);
        return Begin(isSend: false, data, count * elementBytes, from, tag);
    }

    /// <inheritdoc/>
    public bool IsDone(RankMessage message) => _messages.Test(Known(message));

    /// <inheritdoc/>
    public void Wait(RankMessage message)
    {
        MpiPost post = Known(message);
        _waiting += _messages.Wait(new ReadOnlySpan<MpiPost>(in post), "");
        _posts.Remove(message.Number);
        _messages.Free(post);
    }

    /// <summary>Writes a line to the standard error stream that names this rank, and ends the processes of all ranks with another exit code than 0: this one too.</summary>
    /// <param name="reason">What happened, in a sentence.</param>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        bool isDone = _isDisposed && _messages.Failure is null;
        if (isDone || _mpi.IsOver || Interlocked.Exchange(ref _hasFailed, 1) != 0) return;
        StandardError.Write($"Rank {Rank} of {Count} has failed: {reason.ReplaceLineEndings(" ")}");
        // MPICH's launcher may end before it has passed on what was written last.
        Thread.Sleep(200);
        _messages.Abort(1);
    }

    /// <summary>Waits until all ranks do the same, and ends MPI, if it was not the host who started it.</summary>
    /// <remarks>
    /// Where the others do not come to their end, this returns and leaves MPI as it is: whatever made this rank leave can be told, and the end of its process ends all.
    /// </remarks>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        try
        {
            if (_messages.Failure is null && !_mpi.IsOver) _collectives.Meet(MpiCallKind.End);
        }
        catch (RankFailedException)
        {
            // Its words stay for the end of the process.
        }

        if (_messages.Failure is not null) return;
        AppDomain.CurrentDomain.UnhandledException -= EndWithWords;
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        _collectives.Dispose();
        if (_mpi.IsOver) return;
        fixed (nint* pairs = &_pairs, groups = &_groups)
        {
            _ = _mpi.MPI_Comm_free(pairs);
            _ = _mpi.MPI_Comm_free(groups);
        }

        MpiSession.Leave(_mpi);
    }

    private nint OwnCommunicator()
    {
        nint communicator = 0;
        int code = _mpi.MPI_Comm_dup(_mpi.MPI_COMM_WORLD, &communicator);
        if (code == 0) code = _mpi.MPI_Comm_set_errhandler(communicator, _mpi.MPI_ERRORS_RETURN);
        return code == 0 ? communicator : throw new RankFailedException($"{_mpi.Name} gives no communicator: {_mpi.Error(code)}.");
    }

    private void EndWithWords(object sender, UnhandledExceptionEventArgs fault)
    {
        Exception? thrown = fault.ExceptionObject as Exception;
        // The process ends below, before the runtime would write where it was thrown.
        if (thrown is not null and not RankFailedException) StandardError.Write($"{thrown}");
        Fail(thrown?.Message ?? $"{fault.ExceptionObject}");
    }

    private void EndWithProcess(object? sender, EventArgs arguments) => Fail(_messages.Failure ?? "its process ends, and has not disposed its ranks.");

    private RankMessage Begin(bool isSend, void* data, long bytes, int other, int tag)
    {
        _posts[++_next] = _messages.Begin(isSend, _pairs, data, bytes, other, tag);
        return new RankMessage(_next);
    }

    private MpiPost Known(RankMessage message) => _posts.TryGetValue(message.Number, out MpiPost? post) ? post
        : throw new ArgumentOutOfRangeException(nameof(message), message, $"Rank {Rank} has no such message under way.");

    private void Require(int other, string name, int tag)
    {
        RequireAlive();
        if (other == Rank || other < 0 || other >= Count) throw new ArgumentOutOfRangeException(name, other, $"Rank {Rank} of {Count} sends to others, and receives from them.");
        if (tag is < 0 or > LargestTag) throw new ArgumentOutOfRangeException(nameof(tag), tag, $"Choose 0 to {LargestTag}.");
    }

    private void RequireAlive()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_messages.Failure is { } failure) throw new RankFailedException(failure);
    }

    private void Note(long sent, long received, long messages)
    {
        _sent += sent;
        _received += received;
        _sentMessages += messages;
    }
}

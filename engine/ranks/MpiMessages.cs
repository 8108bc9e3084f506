using System.Diagnostics;
using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>Messages between ranks of MPI: bytes, cut into pieces that the library can count, and waited for with patience.</summary>
/// <remarks>Calls of the library stand under one lock, as it is told that they come from one thread at a time: a rank may fail on any thread.</remarks>
internal sealed unsafe class MpiMessages(MpiLibrary mpi, int rank, int count, TimeSpan patience, int pieceBytes)
{
    private readonly Stack<MpiPost> _pool = new();
    private readonly Lock _gate = new();
    private long _piecesDone;

    public int Rank => rank;

    public int Count => count;

    /// <summary>Why this rank can't go on with the others; null while it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>Begins a message.</summary>
    public MpiPost Begin(bool isSend, nint communicator, void* data, long bytes, int other, int tag)
    {
        lock (_gate)
        {
            MpiPost post = _pool.Count > 0 ? _pool.Pop() : new MpiPost();
            (post.IsSend, post.Other, post.Tag, post.Bytes, post.Done) = (isSend, other, tag, bytes, 0);
            // A message without a byte is one too.
            post.Pieces = (int)Math.Max(1, (bytes + pieceBytes - 1) / pieceBytes);
            if (post.Requests.Length < post.Pieces) post.Requests = new nint[post.Pieces];
            for (int piece = 0; piece < post.Pieces; piece++)
            {
                nint request = 0;
                byte* start = (byte*)data + ((long)piece * pieceBytes);
                int code = isSend ? mpi.MPI_Isend(start, PieceBytes(post, piece), mpi.MPI_BYTE, other, tag, communicator, &request)
                    : mpi.MPI_Irecv(start, PieceBytes(post, piece), mpi.MPI_BYTE, other, tag, communicator, &request);
                if (code != 0) throw Fault($"{Words(post)}: {mpi.Error(code)}.");
                post.Requests[piece] = request;
            }

            return post;
        }
    }

    /// <summary>Whether a message is done; moves what is under way.</summary>
    public bool Test(MpiPost post)
    {
        lock (_gate)
        {
            byte* status = stackalloc byte[MpiLibrary.StatusBytes];
            while (!post.IsDone)
            {
                int code, done = 0;
                fixed (nint* request = &post.Requests[post.Done]) code = mpi.MPI_Test(request, &done, status);
                if (code != 0) throw Refused(post, code, status);
                if (done == 0) return false;
                if (!post.IsSend) CheckBytes(post, status);
                post.Done++;
                _piecesDone++;
            }

            return true;
        }
    }

    /// <summary>Waits until messages are done; the patience is for the next piece of any of them.</summary>
    /// <param name="posts">The messages.</param>
    /// <param name="call">The call that they belong to; empty for one that stands alone.</param>
    /// <param name="isHandedOn">Whether what comes in has come from others first.</param>
    /// <returns>Seconds waited.</returns>
    public double Wait(ReadOnlySpan<MpiPost> posts, string call, bool isHandedOn = false)
    {
        if (TestAll(posts)) return 0;
        long start = Stopwatch.GetTimestamp(), last = start, done = _piecesDone;
        MpiPause pause = default;
        do
        {
            long now = Stopwatch.GetTimestamp();
            if (_piecesDone != done) (last, done) = (now, _piecesDone);
            if (now - last > patience.TotalSeconds * Stopwatch.Frequency) throw Late(posts, call, isHandedOn);
            pause.Once(now - last);
        }
        while (!TestAll(posts));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Throws if a message is there that this rank did not expect.</summary>
    /// <param name="communicator">Where.</param>
    /// <param name="tag">What it is.</param>
    /// <param name="call">The call that it belongs to.</param>
    /// <exception cref="RankFailedException">There is one.</exception>
    public void RequireNone(nint communicator, int tag, string call)
    {
        lock (_gate)
        {
            byte* status = stackalloc byte[MpiLibrary.StatusBytes];
            int isThere = 0, bytes = 0;
            int code = mpi.MPI_Iprobe(mpi.MPI_ANY_SOURCE, tag, communicator, &isThere, status);
            if (code != 0) throw Fault($"rank {rank} in {call}: {mpi.Error(code)}.");
            if (isThere == 0) return;
            _ = mpi.MPI_Get_count(status, mpi.MPI_BYTE, &bytes);
            throw Fault($"Rank {mpi.Source(status)} sends {bytes} bytes in {call} to rank {rank}, which expects none.");
        }
    }

    /// <summary>Takes back a message that is done.</summary>
    public void Free(MpiPost post)
    {
        lock (_gate) _pool.Push(post);
    }

    /// <summary>Notes that this rank can't go on with the others.</summary>
    /// <returns>What to throw.</returns>
    public RankFailedException Fault(string message)
    {
        Failure ??= message;
        return new RankFailedException(message);
    }

    /// <summary>Ends all ranks. What another thread does in the library may never come back: it is not waited for.</summary>
    public void Abort(int code)
    {
        bool entered = _gate.TryEnter(TimeSpan.FromSeconds(1));
        _ = mpi.MPI_Abort(mpi.MPI_COMM_WORLD, code);
        if (entered) _gate.Exit();
    }

    private bool TestAll(ReadOnlySpan<MpiPost> posts)
    {
        bool all = true;
        foreach (MpiPost post in posts) all &= Test(post);
        return all;
    }

    private int PieceBytes(MpiPost post, int piece) => (int)Math.Min(pieceBytes, post.Bytes - ((long)piece * pieceBytes));

    private void CheckBytes(MpiPost post, byte* status)
    {
        int bytes = 0;
        _ = mpi.MPI_Get_count(status, mpi.MPI_BYTE, &bytes);
        if (bytes != PieceBytes(post, post.Done)) throw Fault(Unequal(post, bytes));
    }

    private RankFailedException Refused(MpiPost post, int code, byte* status)
    {
        int kind = 0, bytes = 0;
        _ = mpi.MPI_Error_class(code, &kind);
        if (kind != mpi.MPI_ERR_TRUNCATE || post.IsSend) return Fault($"{Words(post)}: {mpi.Error(code)}.");
        _ = mpi.MPI_Get_count(status, mpi.MPI_BYTE, &bytes);
        return Fault(Unequal(post, bytes));
    }

    // Open MPI tells how long a message was of which too little could be taken, MPICH what was taken.
    private string Unequal(MpiPost post, int bytes)
    {
        long before = (long)post.Done * pieceBytes;
        string sent = bytes == PieceBytes(post, post.Done) ? $"more than {before + bytes}" : $"{before + bytes}";
        return $"Rank {post.Other} sends {sent} bytes as message {post.Tag} to rank {rank}, which expects {post.Bytes}.";
    }

    private RankFailedException Late(ReadOnlySpan<MpiPost> posts, string call, bool isHandedOn)
    {
        SortedSet<int> late = [];
        MpiPost? first = null;
        foreach (MpiPost post in posts)
        {
            if (post.IsDone) continue;
            first ??= post;
            late.Add(post.Other);
        }

        string words = call.Length > 0 ? $"rank {rank} waited in {call} for rank {string.Join(", ", late)}{(isHandedOn ? ", or for one that it waits for" : "")}" : Words(first!);
        return Fault($"The ranks did not come together in {patience.TotalSeconds:g3} s: {words}.");
    }

    private string Words(MpiPost post) => post.IsSend
        ? $"rank {rank} waited for rank {post.Other} to take message {post.Tag}" : $"rank {rank} waited for message {post.Tag} from rank {post.Other}";
}

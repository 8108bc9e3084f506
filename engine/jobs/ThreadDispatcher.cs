using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Fmm.Engine;

/// <summary>
/// The default threads: a team that sleeps between dispatches. The caller is worker 0; the others are background
/// threads of this object and end with <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// Callers on different threads take turns. A worker that waits for the next dispatch spins for about 30
/// microseconds and then sleeps; where there are more workers than processors it sleeps at once.
/// </remarks>
public sealed class ThreadDispatcher : IThreadDispatcher, IDisposable
{
    private readonly object _turn = new();
    private readonly Parking _caller = new();
    private readonly Member[] _members;
    private readonly long _spin;
    private Thread? _dispatching;
    private IWorker? _worker;
    private ExceptionDispatchInfo? _failure;
    private int _running;
    private int _callerSleeps;
    private bool _disposed;

    /// <summary>Starts the team.</summary>
    /// <param name="threads">Workers, the caller included: 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is out of that range.</exception>
    public ThreadDispatcher(int threads)
    {
        if (threads is < 1 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads must be 1 to 1024.");
        ThreadCount = threads;
        _spin = threads > Environment.ProcessorCount ? 0 : Stopwatch.Frequency * 30 / 1_000_000;
        _members = new Member[threads - 1];
        int made = 0;
        try
        {
            for (; made < _members.Length; made++) _members[made] = new Member(this, made + 1);
        }
        catch
        {
            // The system gave fewer threads: those that stand would wait for ever.
            _disposed = true;
            while (--made >= 0) _members[made].Start();
            throw;
        }
    }

    /// <inheritdoc/>
    public int ThreadCount { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Called from one of this team's own workers.</exception>
    /// <exception cref="ObjectDisposedException">The team was disposed of.</exception>
    public void Dispatch(IWorker worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        if (IsMember(Thread.CurrentThread))
            throw new InvalidOperationException("A worker of this team dispatched to the same team; give the inner work its own dispatcher or none.");
        ExceptionDispatchInfo? failure;
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Volatile.Write(ref _dispatching, Thread.CurrentThread);
            _worker = worker;
            _failure = null;
            _running = _members.Length;
            foreach (Member member in _members) member.Start();
            RunGuarded(worker, 0);
            WaitForMembers();
            _worker = null;
            Volatile.Write(ref _dispatching, null);
            failure = _failure; // The next caller's dispatch begins when this one leaves the lock.
        }
        failure?.Throw();
    }

    /// <summary>Ends the threads of the team and waits for them. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">Called from one of this team's own workers, which can't wait for itself.</exception>
    public void Dispose()
    {
        if (IsMember(Thread.CurrentThread))
            throw new InvalidOperationException("A worker of this team disposed of the team; do it after the dispatch.");
        lock (_turn)
        {
            if (_disposed) return;
            _disposed = true;
            foreach (Member member in _members) member.Start();
        }
        foreach (Member member in _members) member.Thread.Join();
    }

    private bool IsMember(Thread thread)
    {
        if (Volatile.Read(ref _dispatching) == thread) return true;
        foreach (Member member in _members)
            if (member.Thread == thread) return true;
        return false;
    }

    private void RunGuarded(IWorker worker, int index)
    {
        try
        {
            worker.Run(index);
        }
#pragma warning disable CA1031 // Whatever a worker throws belongs to the caller of Dispatch, not to a thread of the team.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void WaitForMembers()
    {
        long limit = Stopwatch.GetTimestamp() + _spin;
        while (Volatile.Read(ref _running) != 0)
        {
            if (Stopwatch.GetTimestamp() < limit)
            {
                Thread.SpinWait(8);
                continue;
            }
            Interlocked.Exchange(ref _callerSleeps, 1);
            bool done = Volatile.Read(ref _running) == 0;
            // Whoever takes the 1 back decides: if the last member did, its signal is on the way and must be taken.
            if (!done || Interlocked.Exchange(ref _callerSleeps, 0) == 0) _caller.Sleep();
        }
    }

    private void MemberDone()
    {
        if (Interlocked.Decrement(ref _running) == 0 && Interlocked.Exchange(ref _callerSleeps, 0) == 1) _caller.Wake();
    }

    private sealed class Member
    {
        private readonly ThreadDispatcher _team;
        private readonly Parking _parking = new();
        private readonly int _index;
        private int _turns;
        private int _sleeps;

        internal Member(ThreadDispatcher team, int index)
        {
            _team = team;
            _index = index;
            Thread = new Thread(Loop) { IsBackground = true, Name = $"fmm worker {index}" };
            Thread.Start();
        }

        internal Thread Thread { get; }

        internal void Start()
        {
            Interlocked.Increment(ref _turns);
            if (Interlocked.Exchange(ref _sleeps, 0) == 1) _parking.Wake();
        }

        private void Loop()
        {
            for (int seen = 0; ; seen++)
            {
                WaitForTurn(seen);
                IWorker? worker = _team._worker;
                if (_team._disposed || worker is null) return;
                _team.RunGuarded(worker, _index);
                _team.MemberDone();
            }
        }

        private void WaitForTurn(int seen)
        {
            long limit = Stopwatch.GetTimestamp() + _team._spin;
            while (Volatile.Read(ref _turns) == seen)
            {
                if (Stopwatch.GetTimestamp() < limit)
                {
                    Thread.SpinWait(8);
                    continue;
                }
                Interlocked.Exchange(ref _sleeps, 1);
                bool called = Volatile.Read(ref _turns) != seen;
                if (!called || Interlocked.Exchange(ref _sleeps, 0) == 0) _parking.Sleep();
            }
        }
    }
}

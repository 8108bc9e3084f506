using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The default team of threads.</summary>
internal sealed class ThreadDispatcherTests
{
    [Test]
    public void EveryWorkerRunsOnceOnItsOwnThread([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            var ids = new int[threads];
            dispatcher.Dispatch(new Worker(worker => Interlocked.Add(ref ids[worker], Environment.CurrentManagedThreadId)));
            Assert.That(ids, Is.Unique.And.None.Zero);
            Assert.That(ids[0], Is.EqualTo(Environment.CurrentManagedThreadId));
        }
    }

    [Test]
    public void WorkersRunAtTheSameTime()
    {
        using var dispatcher = new ThreadDispatcher(3);
        using var barrier = new Barrier(3);
        dispatcher.Dispatch(new Worker(_ => Assert.That(barrier.SignalAndWait(TimeSpan.FromSeconds(20)), Is.True)));
    }

    [Test]
    public void ExceptionOfAWorkerReachesTheCallerAfterAllReturned()
    {
        using var dispatcher = new ThreadDispatcher(3);
        int returned = 0;
        Assert.That(
            () => dispatcher.Dispatch(new Worker(worker =>
            {
                if (worker == 2) throw new FormatException("two");
                Interlocked.Increment(ref returned);
            })),
            Throws.TypeOf<FormatException>());
        Assert.That(returned, Is.EqualTo(2));
        Assert.That(() => dispatcher.Dispatch(new Worker(_ => { })), Throws.Nothing);
    }

    [Test]
    public void CallersOnTwoThreadsTakeTurns()
    {
        using var dispatcher = new ThreadDispatcher(2);
        int inside = 0;
        bool together = false;
        var worker = new Worker(index =>
        {
            if (index != 0) return;
            if (Interlocked.Increment(ref inside) != 1) together = true;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref inside);
        });
        Parallel.Invoke(Many, Many);
        Assert.That(together, Is.False);

        void Many()
        {
            for (int i = 0; i < 200; i++) dispatcher.Dispatch(worker);
        }
    }

    [Test]
    public void MisuseThrows()
    {
        Assert.That(() => new ThreadDispatcher(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("1 to 1024"));
        var dispatcher = new ThreadDispatcher(2);
        Assert.That(() => dispatcher.Dispatch(new Worker(_ => dispatcher.Dispatch(new Worker(_ => { })))), Throws.InvalidOperationException);
        dispatcher.Dispose();
        dispatcher.Dispose();
        Assert.That(() => dispatcher.Dispatch(new Worker(_ => { })), Throws.TypeOf<ObjectDisposedException>());
    }

    private sealed class Worker(Action<int> run) : IWorker
    {
        public void Run(int worker) => run(worker);
    }
}

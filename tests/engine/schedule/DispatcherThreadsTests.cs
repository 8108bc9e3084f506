using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Threads and memory of dispatchers: interruption, the team's end, warm updates.</summary>
internal sealed class DispatcherThreadsTests
{
    private readonly World _world = World.Create();

    [OneTimeTearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ThreadThatIsInterruptedEndsTheUpdate()
    {
        using var waiting = new ManualResetEventSlim();
        Exception? ofHost = null;
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), _ => waiting.Wait()));
        IThreadDispatcher host = new HostDispatcher(2, (worker, _) =>
        {
            var second = new Thread(() =>
            {
                try
                {
                    worker.Run(1);
                }
                catch (Exception exception)
                {
                    ofHost = exception;
                }
            });
            var first = new Thread(() => worker.Run(0));
            first.Start();
            while (schedule.Times.Workers == 0 || (first.ThreadState & ThreadState.WaitSleepJoin) == 0) Thread.Yield();
            second.Start();
            while ((second.ThreadState & ThreadState.WaitSleepJoin) == 0) Thread.Yield();
            second.Interrupt();
            second.Join();
            waiting.Set();
            first.Join();
        });
        Assert.That(() => schedule.Update(0, host), Throws.TypeOf<ThreadInterruptedException>());
        Assert.That(ofHost, Is.Null, "nothing is thrown on a thread of the host");
    }

    [Test]
    public void TeamIsNotDisposedOfByItsOwnWorkers()
    {
        using var dispatcher = new ThreadDispatcher(3);
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step => step.Jobs.For(30, new TestJob((_, _) => dispatcher.Dispose()))));
        Assert.That(() => schedule.Update(0, dispatcher), Throws.InvalidOperationException.With.Message.Contains("disposed of the team"));
        Assert.That(() => dispatcher.Dispatch(new Nothing()), Throws.Nothing);
    }

    [Test]
    public void WarmUpdateOfAHostsDispatcherAllocatesNothing()
    {
        var host = new Sequential();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new Quiet(_world));
        for (int i = 0; i < 3; i++) schedule.Update(i, host);
        // All workers run on this thread, so that no other one's allocations are in it.
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++) schedule.Update(i, host);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class Sequential : IThreadDispatcher
    {
        public int ThreadCount => 3;

        public void Dispatch(IWorker worker)
        {
            for (int i = 0; i < ThreadCount; i++) worker.Run(i);
        }
    }

    private sealed class Quiet(World world) : BaseSystem<World, int>(world), IJob
    {
        public override void Update(in int state) => Jobs.For(100, this);

        public void Execute(int unit, int worker) => Counters.Add(1);
    }

    private sealed class Nothing : IWorker
    {
        public void Run(int worker)
        {
        }
    }
}

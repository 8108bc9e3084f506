using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A host's dispatcher that does not do what it should is told so; no unit is left out or run twice in silence.</summary>
internal sealed class DispatcherContractTests
{
    private const int Units = 200;
    private readonly int[] _runs = new int[Units];
    private World _world = null!;
    private Schedule<int> _schedule = null!;

    [SetUp]
    public void MakeSchedule()
    {
        _world = World.Create();
        _schedule = new Schedule<int>("Test");
        _schedule.Chain(System("A"), System("B"));
        Array.Clear(_runs);
    }

    [TearDown]
    public void EndWorld()
    {
        _schedule.Dispose();
        _world.Dispose();
    }

    [Test]
    public void NothingRun() => Told(Host(3, (_, _) => { }), "never called Run(0)", complete: false);

    [Test]
    public void SomeWorkersLeftOut([Values(0, 1, 2)] int left) => Told(
        Host(3, (worker, threads) =>
        {
            for (int i = 0; i < threads; i++)
                if (i != left) worker.Run(i);
        }),
        $"never called Run({left})",
        complete: true);

    [Test]
    public void WorkerRunTwice([Values] bool atOnce) => Told(
        Host(3, (worker, threads) =>
        {
            Action[] calls = [.. Enumerable.Range(0, threads).Append(1).Select(i => (Action)(() => worker.Run(i)))];
            if (atOnce) Together(calls);
            else foreach (Action call in calls) call();
        }),
        "called Run(1) twice",
        complete: true);

    [Test]
    public void WrongNumbers([Values(-1, 3, int.MaxValue, int.MinValue)] int number) => Told(
        Host(3, (worker, threads) =>
        {
            worker.Run(number);
            for (int i = 0; i < threads; i++) worker.Run(i);
        }),
        $"called Run({number}), but its ThreadCount was 3",
        complete: true);

    [Test]
    public void NumbersFromOne() => Told(
        Host(2, (worker, threads) =>
        {
            for (int i = 1; i <= threads; i++) worker.Run(i);
        }),
        "called Run(2)",
        complete: true);

    [Test]
    public void EarlyReturnWaitsForTheWorkersAndIsTold()
    {
        Thread[] threads = [];
        using var inside = new ManualResetEventSlim();
        int running = 0;
        using var schedule = new Schedule<int>("Slow");
        schedule.Add(new TestSystem(_world, "Slow", new Access(), step => step.Jobs.For(50, new TestJob((_, _) =>
        {
            Interlocked.Increment(ref running);
            inside.Set();
            Thread.Sleep(2);
            Interlocked.Decrement(ref running);
        }))));
        IThreadDispatcher host = Host(2, (worker, count) =>
        {
            threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => worker.Run(i)))];
            foreach (Thread thread in threads) thread.Start();
            inside.Wait();
        });
        Assert.That(() => schedule.Update(0, host), Throws.InvalidOperationException.With.Message.Contains("returned while its workers still ran").And.Message.Contains(nameof(HostDispatcher)));
        Assert.That(running, Is.Zero, "no unit runs any more when the update has ended");
        foreach (Thread thread in threads) thread.Join();
        Assert.That(() => schedule.Update(0), Throws.Nothing);
    }

    [Test]
    public void RunsAfterTheReturnDoNothing()
    {
        IWorker? kept = null;
        Told(Host(2, (worker, _) => kept = worker), "never called Run(0)", complete: false);
        for (int i = -1; i < 3; i++) kept!.Run(i);
        Assert.That(_runs, Is.All.Zero);
        _schedule.Update(0);
        kept!.Run(0);
        Assert.That(_runs, Is.All.EqualTo(2));
    }

    [Test]
    public void ExceptionOfTheDispatcherIsItsOwn([Values(0, 1, 3)] int before)
    {
        IThreadDispatcher host = Host(3, (worker, _) =>
        {
            for (int i = 0; i < before; i++) worker.Run(i);
            throw new FormatException("host");
        });
        Assert.That(() => _schedule.Update(0, host), Throws.TypeOf<FormatException>().With.Message.EqualTo("host"));
        Works();
    }

    [Test]
    public void ExceptionOfASystemComesBeforeWhatTheDispatcherDid()
    {
        using var schedule = new Schedule<int>("Failing");
        schedule.Add(new TestSystem(_world, "Failing", new Access(), _ => throw new FormatException("system")));
        IThreadDispatcher host = Host(3, (worker, _) =>
        {
            worker.Run(0);
            throw new InvalidOperationException("host");
        });
        Assert.That(() => schedule.Update(0, host), Throws.TypeOf<FormatException>().With.Message.EqualTo("system"));
    }

    [Test]
    public void NumberOfThreadsIsCheckedWithTheTypesName([Values(0, -1, int.MinValue, 4097, int.MaxValue)] int threads)
    {
        Assert.That(() => _schedule.Update(0, Host(threads, (_, _) => { })), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(nameof(HostDispatcher)));
        Works();
    }

    [Test]
    public void NumberOfThreadsThatChangesIsTold([Values(2, 5)] int later)
    {
        HostDispatcher host = Host(3, (worker, threads) =>
        {
            for (int i = 0; i < threads; i++) worker.Run(i);
        });
        host.Later = later;
        Told(host, later < 3 ? "never called Run(2)" : "called Run(3), but its ThreadCount was 3", complete: true);
    }

    [Test]
    public void RunInsideOfASystemIsRefusedInsteadOfWaitingForItself()
    {
        IWorker? current = null;
        using var schedule = new Schedule<int>("Nested");
        schedule.Add(new TestSystem(_world, "Nested", new Access(), _ => current!.Run(1)));
        IThreadDispatcher host = Host(2, (worker, _) =>
        {
            current = worker;
            worker.Run(0);
        });
        Assert.That(() => schedule.Update(0, host), Throws.InvalidOperationException.With.Message.Contains("inside of a system"));
    }

    [Test]
    public void UpdateInsideOfTheDispatchIsRefused()
    {
        IThreadDispatcher host = Host(2, (worker, threads) =>
        {
            Assert.That(() => _schedule.Update(1), Throws.InvalidOperationException.With.Message.Contains("running already"));
            for (int i = 0; i < threads; i++) worker.Run(i);
        });
        _schedule.Update(0, host);
        Assert.That(_runs, Is.All.EqualTo(2));
    }

    private TestSystem System(string name) =>
        new(_world, name, new Access().Write<Alpha>(), step => step.Jobs.For(Units, new TestJob((unit, _) => Interlocked.Increment(ref _runs[unit]))));

    /// <summary>The update ends with the message and the type's name, has run each unit once or not at all, and the schedule
    /// works again.</summary>
    private void Told(IThreadDispatcher host, string what, bool complete)
    {
        Assert.That(() => _schedule.Update(0, host), Throws.InvalidOperationException.With.Message.Contains(what).And.Message.Contains(nameof(HostDispatcher)));
        Assert.That(_runs, Is.All.EqualTo(complete ? 2 : 0), "two systems with a For each");
        Works();
        Array.Clear(_runs);
    }

    private void Works()
    {
        Array.Clear(_runs);
        using var dispatcher = new ThreadDispatcher(3);
        _schedule.Update(0, dispatcher);
        Assert.That(_runs, Is.All.EqualTo(2));
        Array.Clear(_runs);
    }

    private static HostDispatcher Host(int threads, Action<IWorker, int> dispatch) => new(threads, dispatch);

    private static void Together(Action[] calls)
    {
        Thread[] threads = [.. calls.Select(call => new Thread(() => call()))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }
}

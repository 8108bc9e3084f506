using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Running a schedule: order, units, failures, cancellation, threads.</summary>
internal sealed class ScheduleRunTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld()
    {
        _world.Dispose();
        _world.Ledger.ThrowIfOutstanding();
    }

    [Test]
    public void SystemsRunAfterTheirPredecessors([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var order = new List<string>();
        TestSystem System(string name, Access access) => new(_world, name, access, _ =>
        {
            lock (order) order.Add(name);
        });
        var schedule = new Schedule<int>("Test");
        TestSystem first = System("First", new Access().Write<Alpha>());
        TestSystem left = System("Left", new Access().Read<Alpha>().Write<Beta>());
        TestSystem right = System("Right", new Access().Read<Alpha>().Write<Gamma>());
        schedule.Add(System("Last", new Access().Read<Beta>().Read<Gamma>())).After(left).After(right);
        schedule.Add(left).After(first);
        schedule.Add(right).After(first);
        schedule.Add(first).Before(left);
        for (int repeat = 0; repeat < 200; repeat++)
        {
            order.Clear();
            schedule.Update(0, dispatcher);
            Assert.That(order, Has.Count.EqualTo(4));
            Assert.That(order[0], Is.EqualTo("First"));
            Assert.That(order[3], Is.EqualTo("Last"));
        }
    }

    [Test]
    public void EveryUnitRunsOnce([Values(1, 2, 3, 8)] int threads, [Values(0, 1, 2, 7, 1000, 100_000)] int units)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var counts = new int[units];
        var job = new TestJob((unit, _) => Interlocked.Increment(ref counts[unit]));
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step => step.Jobs.For(units, job)));
        schedule.Update(0, dispatcher);
        schedule.Update(0, dispatcher);
        Assert.That(counts, Is.All.EqualTo(2));
        Assert.That(schedule.Times["A"].Units, Is.EqualTo(units));
    }

    [Test]
    public void ManyForsOfIndependentSystemsKeepApart([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var sums = new long[4];
        var schedule = new Schedule<int>("Test");
        for (int s = 0; s < sums.Length; s++)
        {
            int system = s;
            schedule.Add(new TestSystem(_world, "S" + s, new Access(), step =>
            {
                for (int repeat = 0; repeat < 500; repeat++)
                {
                    long expected = sums[system] + (repeat + 1);
                    step.Jobs.For(repeat + 1, new TestJob((_, _) => Interlocked.Increment(ref sums[system])));
                    if (Volatile.Read(ref sums[system]) != expected) throw new InvalidOperationException("For returned before its units were done.");
                }
            }));
        }
        schedule.Update(0, dispatcher);
        Assert.That(sums, Is.All.EqualTo(500L * 501 / 2));
    }

    [Test]
    public void ForsInQuickSuccessionRunEveryUnitOnce([Values(2, 3)] int threads)
    {
        // Helpers that come late to one For must not meet the next one half posted.
        using var dispatcher = new ThreadDispatcher(threads);
        var counts = new int[64];
        var job = new TestJob((unit, _) => Interlocked.Increment(ref counts[unit]));
        int wrong = 0;
        var schedule = new Schedule<int>("Test");
        SystemHandle<int> first = schedule.Add(new TestSystem(_world, "A", new Access(), step =>
        {
            for (int repeat = 0; repeat < 20_000; repeat++)
            {
                int units = 2 + (repeat * 7 % 60);
                step.Jobs.For(units, job);
                for (int unit = 0; unit < counts.Length; unit++)
                {
                    if (counts[unit] != (unit < units ? 1 : 0)) wrong++;
                    counts[unit] = 0;
                }
            }
        }));
        var late = new TestSystem(_world, "B", new Access());
        schedule.Add(late).After(first);
        schedule.Update(0, dispatcher);
        Assert.That(wrong, Is.Zero);
        Assert.That(late.Calls, Is.EqualTo(new[] { "Update" }));
    }

    [Test]
    public void WorkerNumbersAreInRangeAndNeverSharedAtOnce()
    {
        using var dispatcher = new ThreadDispatcher(3);
        var inside = new int[3];
        bool shared = false;
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step =>
        {
            Assert.That(step.Jobs.WorkerCount, Is.EqualTo(3));
            step.Jobs.For(2000, new TestJob((_, worker) =>
            {
                if (Interlocked.Increment(ref inside[worker]) != 1) shared = true;
                Thread.SpinWait(20);
                Interlocked.Decrement(ref inside[worker]);
            }));
        }));
        schedule.Update(0, dispatcher);
        Assert.That(shared, Is.False);
    }

    [Test]
    public void UnitExceptionIsRethrownOnceAndTheScheduleWorksAgain([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        bool fail = true;
        var after = new TestSystem(_world, "After", Access.Exclusive);
        var schedule = new Schedule<int>("Test").Chain(
            new TestSystem(_world, "Failing", new Access(), step => step.Jobs.For(100, new TestJob((unit, _) =>
            {
                if (fail && unit == 40) throw new FormatException("unit 40");
            }))),
            after);
        Assert.That(() => schedule.Update(0, dispatcher), Throws.TypeOf<FormatException>().With.Message.EqualTo("unit 40"));
        Assert.That(after.Calls, Is.Empty);
        fail = false;
        schedule.Update(0, dispatcher);
        Assert.That(after.Calls, Is.EqualTo(new[] { "Update" }));
    }

    [Test]
    public void FailureOfOneSystemEndsTheUnitsOfOthers([Values(1, 2, 3)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "Failing", new Access(), _ => throw new FormatException("no")));
        schedule.Add(new TestSystem(_world, "Endless", new Access(), step =>
        {
            while (true) step.Jobs.For(10, new TestJob((_, _) => Thread.SpinWait(10)));
        }));
        Assert.That(() => schedule.Update(0, dispatcher), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void CancellationEndsBetweenUnits([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        using var source = new CancellationTokenSource();
        int run = 0, late = 0;
        bool cancelled = false;
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step => step.Jobs.For(100_000, new TestJob((_, _) =>
        {
            if (Volatile.Read(ref cancelled)) Interlocked.Increment(ref late);
            if (Interlocked.Increment(ref run) != 5) return;
            source.Cancel();
            Volatile.Write(ref cancelled, true);
        }))));
        Assert.That(() => schedule.Update(0, dispatcher, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(late, Is.LessThanOrEqualTo(threads), "a worker that looked before the cancellation may start the unit it looked for");
        int before = run;
        Assert.That(() => schedule.Update(0, dispatcher, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(run, Is.EqualTo(before), "an update with a cancelled token starts nothing");
    }

    [Test]
    public void ForInsideAUnitIsRefused([Values(1, 2)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step =>
            step.Jobs.For(4, new TestJob((_, _) => step.Jobs.For(2, new TestJob((_, _) => { }))))));
        Assert.That(() => schedule.Update(0, dispatcher), Throws.InvalidOperationException.With.Message.Contains("make more of them"));
    }

    [Test]
    public void JobsOfAnotherThreadAreRefused()
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step =>
            Task.Run(() => step.Jobs.For(2, new TestJob((_, _) => { }))).GetAwaiter().GetResult()));
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException.With.Message.Contains("'A'"));
    }

    [Test]
    public void ProgressCountsEverySystem()
    {
        var reports = new List<SystemProgress>();
        var schedule = new Schedule<int>("Test");
        for (int i = 0; i < 5; i++) schedule.Add(new TestSystem(_world, "S" + i, new Access()));
        using var dispatcher = new ThreadDispatcher(2);
        schedule.Update(0, dispatcher, CancellationToken.None, new Listener(reports));
        Assert.That(reports.Select(report => report.Finished), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(reports.Select(report => report.Total), Is.All.EqualTo(5));
    }

    [Test]
    public void HostMayRunWorkersOneAfterTheOther()
    {
        var sequential = new SequentialDispatcher();
        int run = 0;
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), step => step.Jobs.For(100, new TestJob((_, _) => run++))));
        schedule.Update(0, sequential);
        Assert.That(run, Is.EqualTo(100));
        Assert.That(sequential.Dispatches, Is.EqualTo(1));
    }

    [Test]
    public void UpdateInsideItsOwnUpdateIsRefused()
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), _ => schedule.Update(1)));
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException.With.Message.Contains("running already"));
    }

    private sealed class Listener(List<SystemProgress> reports) : IProgress<SystemProgress>
    {
        public void Report(SystemProgress value) => reports.Add(value);
    }

    private sealed class SequentialDispatcher : IThreadDispatcher
    {
        internal int Dispatches { get; private set; }

        public int ThreadCount => 4;

        public void Dispatch(IWorker worker)
        {
            Dispatches++;
            for (int i = 0; i < ThreadCount; i++) worker.Run(i);
        }
    }
}

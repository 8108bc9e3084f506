using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Who may record into a command buffer, and when.</summary>
[Category("Guarded")]
internal sealed class CommandOwnerTests
{
    private static readonly Signature _delta = Signature.Of(ComponentType.Of<Delta>());
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ForeignThreadsAreRefusedRatherThanLost()
    {
        var buffer = new CommandBuffer();
        buffer.Create(_delta);
        const int Threads = 4;
        int refused = 0;
        for (int i = 0; i < Threads; i++)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    buffer.Create(_delta);
                }
                catch (InvalidOperationException)
                {
                    refused++;
                }
            });
            thread.Start();
            thread.Join();
        }
        Assert.That(refused, Is.EqualTo(Threads));
        buffer.Playback(_world);
        Assert.That(_world.Size, Is.EqualTo(1));
    }

    [Test]
    public void EveryCommandOfManyThreadsIsEitherPlayedOrRefused()
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var buffer = new CommandBuffer();
            int recorded = 0, refused = 0;
            using var start = new Barrier(4);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                for (int i = 0; i < 200; i++)
                {
                    try
                    {
                        buffer.Create(_delta);
                        Interlocked.Increment(ref recorded);
                    }
                    catch (InvalidOperationException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            int before = _world.Size;
            buffer.Playback(_world);
            Assert.That(_world.Size - before, Is.EqualTo(recorded));
            Assert.That(recorded + refused, Is.EqualTo(800));
            Assert.That(refused, Is.EqualTo(600), "the first thread owns the buffer");
        }
    }

    [Test]
    public void ThreadsThatASystemStartsByItselfAreRefused()
    {
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access().Create<Delta>(), _ =>
        {
            buffer.Create(_delta);
            Task.Run(() => buffer.Create(_delta)).GetAwaiter().GetResult();
        }));
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException.With.Message.Contains("'A'").And.Message.Contains("Jobs.For"));
    }

    [Test]
    public void TwoSystemsOnTwoThreadsDoNotShareABuffer()
    {
        using var dispatcher = new ThreadDispatcher(2);
        using var both = new Barrier(2);
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        foreach (string name in (string[])["A", "B"])
        {
            schedule.Add(new TestSystem(_world, name, new Access(), _ =>
            {
                both.SignalAndWait(TimeSpan.FromSeconds(20));
                buffer.Create(_delta);
            }));
        }
        Assert.That(() => schedule.Update(0, dispatcher), Throws.InvalidOperationException.With.Message.Contains("give each system its own"));
    }

    [Test]
    public void UnitsDoNotPlayBackWhatOthersRecord()
    {
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", Access.Exclusive, step => step.Jobs.For(2, new TestJob((_, _) =>
        {
            buffer.Create(_delta);
            Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException.With.Message.Contains("after the For"));
            Assert.That(buffer.Clear, Throws.InvalidOperationException);
        }))));
        schedule.Update(0);
        Assert.That(buffer.Count, Is.EqualTo(2));
    }

    [Test]
    public void CommandsOfTheStepsOfAnUpdateComeInTheirOrder([Values(1, 2, 3)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var buffer = new CommandBuffer();
        int next = 0;
        void Record()
        {
            Entity made = buffer.Create(_delta);
            buffer.Set(in made, new Delta { Value = ++next });
        }

        using var schedule = new Schedule<int>("Test");
        schedule.Add(new Recorder(_world, Record));
        for (int step = 0; step < 30; step++)
        {
            schedule.BeforeUpdate(step);
            schedule.Update(step, dispatcher);
            schedule.AfterUpdate(step);
        }
        buffer.Playback(_world);
        Assert.That(Deltas(), Is.EqualTo(Enumerable.Range(1, 90)));
    }

    private List<int> Deltas()
    {
        var values = new List<int>();
        _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta delta) => values.Add(delta.Value));
        return values;
    }

    private sealed class Recorder(World world, Action record) : BaseSystem<World, int>(world)
    {
        public override Access Access => new();

        public override void BeforeUpdate(in int state) => record();

        public override void Update(in int state) => record();

        public override void AfterUpdate(in int state) => record();
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Whose names a command buffer knows, and what becomes of a failed update's commands.</summary>
[Category("Guarded")]
internal sealed class CommandFateTests
{
    private static readonly Signature _delta = Signature.Of(ComponentType.Of<Delta>());
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void PlaceholderOfAnEarlierPlaybackIsRefused()
    {
        var buffer = new CommandBuffer();
        Entity old = buffer.Create(_delta);
        buffer.Playback(_world);
        Entity fresh = buffer.Create(_delta);
        Assert.That(fresh, Is.Not.EqualTo(old));
        buffer.Set(in old, new Delta { Value = 5 });
        Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException.With.Message.Contains("before a playback"));
        Assert.That(Deltas(), Is.All.Zero, "no stranger was written");
        Entity cleared = buffer.Create(_delta);
        buffer.Clear();
        buffer.Create(_delta);
        buffer.Destroy(in cleared);
        Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException);
    }

    [Test]
    public void PlaceholderOfAnotherBufferIsRefused()
    {
        var first = new CommandBuffer();
        var second = new CommandBuffer();
        Entity other = first.Create(_delta);
        second.Create(_delta);
        second.Set(in other, new Delta { Value = 5 });
        Assert.That(() => second.Playback(_world), Throws.InvalidOperationException.With.Message.Contains("another command buffer"));
        Assert.That(Deltas(), Is.EqualTo(new[] { 0 }));
        Assert.That(() => _world.Get<Delta>(other), Throws.InvalidOperationException.With.Message.Contains("command buffer"));
    }

    [Test]
    public void CommandsOfAFailedUpdateAreDropped([Values(1, 2)] int threads, [Values] bool cancelled)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        using var source = new CancellationTokenSource();
        var buffer = new CommandBuffer();
        bool fail = true;
        Entity old = default;
        using var schedule = new Schedule<int>("Test");
        SystemHandle<int> first = schedule.Add(new TestSystem(_world, "A", new Access().Create<Delta>(), step =>
        {
            Entity made = buffer.Create(_delta);
            buffer.Set(in made, new Delta { Value = fail ? 1 : 2 });
            step.Jobs.For(10, new TestJob((_, _) => buffer.Create(_delta)));
            old = fail ? made : old;
            if (fail && cancelled) source.Cancel();
            else if (fail) throw new FormatException("no");
            if (!fail) buffer.Playback(_world);
        }));
        schedule.Add(new TestSystem(_world, "B", new Access().Create<Delta>())).After(first);
        Assert.That(() => schedule.Update(0, dispatcher, source.Token), Throws.Exception);
        Assert.That(buffer.Count, Is.Zero);
        fail = false;
        schedule.Update(0, dispatcher);
        Assert.That(Deltas(), Is.EqualTo(new[] { 2 }.Concat(Enumerable.Repeat(0, 10))), "only this update's");
        buffer.Destroy(in old);
        Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException);
    }

    [Test]
    public void PlaybackAfterAFailedUpdatePlaysNothing()
    {
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), _ =>
        {
            buffer.Create(_delta);
            throw new FormatException("no");
        }));
        Assert.That(() => schedule.Update(0), Throws.TypeOf<FormatException>());
        buffer.Playback(_world);
        Assert.That(_world.Size, Is.Zero);
        Assert.That(() => buffer.Create(_delta), Throws.Nothing, "nor does it block others");
    }

    [Test]
    public void CommandsOfAGoodUpdateMayBePlayedAfterIt()
    {
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), _ => buffer.Create(_delta)));
        schedule.Update(0);
        schedule.Update(1);
        buffer.Playback(_world);
        Assert.That(_world.Size, Is.EqualTo(2));
    }

    [Test]
    public void RefusedUpdateDropsNothing()
    {
        var buffer = new CommandBuffer();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access(), _ => buffer.Create(_delta)));
        schedule.Update(0);
        Assert.That(() => schedule.Update(0, new NoThreads()), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(buffer.Count, Is.EqualTo(1));
    }

    private List<int> Deltas()
    {
        var values = new List<int>();
        _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta delta) => values.Add(delta.Value));
        return values;
    }

    private sealed class NoThreads : IThreadDispatcher
    {
        public int ThreadCount => 0;

        public void Dispatch(IWorker worker) => throw new InvalidOperationException("never called");
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Recorded changes.</summary>
[Category("Guarded")]
internal sealed class CommandBufferTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ChangesAreMadeInTheOrderOfRecording()
    {
        Entity first = _world.Create(new Delta { Value = 1 });
        Entity second = _world.Create(new Delta { Value = 2 });
        var buffer = new CommandBuffer();
        Entity made = buffer.Create(ComponentType.Of<Delta>());
        buffer.Set(in made, new Delta { Value = 3 });
        buffer.Add(in made, new Alpha { Value = 4 });
        buffer.Remove<Alpha>(in made);
        buffer.Add(in first, new Beta { Value = 5 });
        buffer.Destroy(in second);
        Assert.That(buffer.Count, Is.EqualTo(6));
        Assert.That(_world.Size, Is.EqualTo(2), "nothing happens before the playback");
        buffer.Playback(_world);
        Assert.That(buffer.Count, Is.Zero);
        Assert.That(_world.IsAlive(second), Is.False);
        Assert.That(_world.Get<Beta>(first).Value, Is.EqualTo(5));
        Assert.That(_world.CountEntities(new QueryDescription().WithAll<Delta>().WithNone<Beta>()), Is.EqualTo(1));
        Assert.That(() => buffer.Playback(_world), Throws.Nothing);
    }

    [Test]
    public void LoopMayRecordWhatItMayNotDo()
    {
        for (int i = 0; i < 10; i++) _world.Create(new Delta { Value = i });
        var buffer = new CommandBuffer();
        _world.Query(new QueryDescription().WithAll<Delta>(), (Entity entity, ref Delta delta) =>
        {
            if (delta.Value % 2 == 0) buffer.Destroy(in entity);
        });
        buffer.Playback(_world);
        Assert.That(_world.Size, Is.EqualTo(5));
    }

    [Test]
    public void OrderDoesNotDependOnThreads([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var buffer = new CommandBuffer();
        var made = new List<int>();
        Access access = new Access().Create<Delta>();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "Maker", access, step =>
        {
            buffer.Create(ComponentType.Of<Delta>());
            for (int pass = 0; pass < 2; pass++)
            {
                int first = pass * 1000;
                step.Jobs.For(200, new TestJob((unit, _) =>
                {
                    Thread.SpinWait(unit % 7 * 30);
                    for (int i = 0; i < 2; i++)
                    {
                        Entity entity = buffer.Create(ComponentType.Of<Delta>());
                        buffer.Set(in entity, new Delta { Value = first + (2 * unit) + i + 1 });
                    }
                }));
            }
            buffer.Playback(step.World);
        }));
        schedule.Update(0, dispatcher);
        _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta delta) => made.Add(delta.Value));
        Assert.That(made, Is.EqualTo(Enumerable.Range(0, 401).Concat(Enumerable.Range(1001, 400))));
    }

    [Test]
    public void MisuseThrowsAndEmptiesTheBuffer()
    {
        Entity entity = _world.Create(new Delta());
        var buffer = new CommandBuffer();
        buffer.Destroy(in entity);
        buffer.Set(in entity, new Delta());
        Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException.With.Message.Contains("does not live"));
        Assert.That(buffer.Count, Is.Zero);
        Entity placeholder = buffer.Create(ComponentType.Of<Delta>());
        buffer.Playback(_world);
        buffer.Destroy(in placeholder);
        Assert.That(() => buffer.Playback(_world), Throws.InvalidOperationException.With.Message.Contains("before a playback"));
        Assert.That(_world.IsAlive(placeholder), Is.False);
    }

    [Test]
    public void TwoSystemsDoNotShareABuffer()
    {
        var buffer = new CommandBuffer();
        var schedule = new Schedule<int>("Test");
        schedule.Chain(
            new TestSystem(_world, "A", new Access(), _ => buffer.Create(ComponentType.Of<Delta>())),
            new TestSystem(_world, "B", new Access(), _ => buffer.Create(ComponentType.Of<Delta>())));
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException.With.Message.Contains("'A'"));
    }
}

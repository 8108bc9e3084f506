using System.Runtime.CompilerServices;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Worlds beside each other, their ends, and iterations that were left.</summary>
[Category("Guarded")]
internal sealed class WorldLifeTests
{
    private static readonly QueryDescription _deltas = new QueryDescription().WithAll<Delta>();

    [Test]
    public void EntityOfAnotherWorldIsNotAlive()
    {
        using World first = World.Create();
        using World second = World.Create();
        Entity mine = first.Create(new Delta { Value = 1 });
        Entity theirs = second.Create(new Delta { Value = 2 });
        Archetype rows = first.Rows(Signature.Of(ComponentType.Of<Delta>()));
        rows.SetCount(1);
        second.Rows(Signature.Of(ComponentType.Of<Delta>())).SetCount(1);
        foreach (Entity entity in (Entity[])[mine, rows.Chunk.Entity(0)])
        {
            Assert.That(first.IsAlive(entity), Is.True);
            Assert.That(second.IsAlive(entity), Is.False);
            Assert.That(() => second.Get<Delta>(entity), Throws.InvalidOperationException.With.Message.Contains("another world"));
        }
        Assert.That(mine, Is.Not.EqualTo(theirs));
        Assert.That(() => second.Destroy(mine), Throws.InvalidOperationException);
        Assert.That(() => second.Add(mine, new Alpha()), Throws.InvalidOperationException);
        Assert.That(second.IsAlive(theirs), Is.True);
        var buffer = new CommandBuffer();
        buffer.Destroy(in mine);
        Assert.That(() => buffer.Playback(second), Throws.InvalidOperationException.With.Message.Contains("another world"));
        Assert.That(first.IsAlive(default), Is.False);
        Assert.That(() => first.Get<Delta>(default), Throws.InvalidOperationException.With.Message.Contains("Null"));
    }

    [Test]
    public void EnumeratorThatWasLeftDoesNotBlockChanges()
    {
        using World world = World.Create();
        for (int i = 0; i < 3; i++) world.Create(new Delta());
        for (int repeat = 0; repeat < 3; repeat++)
        {
            Leave(world.Query(in _deltas));
            Assert.That(() => world.Create(new Delta()), Throws.Nothing);
        }
        Leave(world.Query(in _deltas));
        Assert.That(
            () => world.Query(in _deltas, (ref Delta _) => world.Create(new Delta())),
            Throws.InvalidOperationException,
            "a loop that runs still refuses");
    }

    [Test]
    public void EnumeratorEndsWithItsLastChunk()
    {
        using World world = World.Create();
        world.Create(new Delta());
        ChunkEnumerator chunks = world.Query(in _deltas).GetEnumerator();
        while (chunks.MoveNext())
        {
        }
        world.Create(new Delta());
        chunks.Dispose();
        Assert.That(world.Size, Is.EqualTo(2));
    }

    [Test]
    public void EnumeratorDisposedTwiceDoesNotOpenOtherLoops()
    {
        using World world = World.Create();
        world.Create(new Delta());
        Query query = world.Query(in _deltas);
        ChunkEnumerator first = query.GetEnumerator();
        ChunkEnumerator copy = first;
        first.Dispose();
        first.Dispose();
        foreach (ref Chunk chunk in query)
        {
            copy.Dispose();
            bool refused = false;
            try
            {
                world.Create(new Delta());
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }
            Assert.That(refused, Is.True);
            Assert.That(chunk.Count, Is.EqualTo(1));
        }
        Assert.That(first.MoveNext(), Is.False, "what was disposed of steps no further");
        Assert.That(() => world.Create(new Delta()), Throws.Nothing);
    }

    [Test]
    public void WorldDoesNotEndInsideALoopOverItsRows()
    {
        World world = World.Create();
        Entity entity = world.Create(new Delta { Value = 3 });
        Assert.That(() => world.Query(in _deltas, (ref Delta _) => world.Dispose()), Throws.InvalidOperationException);
        Assert.That(world.Get<Delta>(entity).Value, Is.EqualTo(3));
        world.Dispose();
        world.Ledger.ThrowIfOutstanding();
    }

    [Test]
    public void WorldDoesNotEndDuringAnUpdate([Values(1, 2)] int threads)
    {
        World world = World.Create();
        using var dispatcher = new ThreadDispatcher(threads);
        using var schedule = new Schedule<int>("Test");
        int refused = 0;
        schedule.Add(new SystemGroup<int>("Group", new TestSystem(world, "A", Access.Exclusive, _ =>
        {
            Assert.That(world.Dispose, Throws.InvalidOperationException.With.Message.Contains("schedule"));
            Assert.That(() => Task.Run(world.Dispose).GetAwaiter().GetResult(), Throws.InvalidOperationException);
            refused++;
        })));
        schedule.Update(0, dispatcher);
        Assert.That(refused, Is.EqualTo(1));
        world.Dispose();
        Assert.That(() => schedule.Update(0, dispatcher), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void SnapshotsOfOtherThreadsAreRefusedDuringAnUpdate()
    {
        using World world = World.Create();
        world.Create(new Delta());
        using Snapshot snapshot = Snapshot.Of(world);
        using var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(world, "A", Access.Exclusive, _ =>
        {
            Assert.That(() => Task.Run(snapshot.Restore).GetAwaiter().GetResult(), Throws.InvalidOperationException);
            Assert.That(() => Task.Run(() => Snapshot.Of(world)).GetAwaiter().GetResult(), Throws.InvalidOperationException);
            Assert.That(snapshot.Restore, Throws.Nothing);
        }));
        schedule.Update(0);
    }

    [Test]
    public void CallsAfterTheEndAreRefused()
    {
        World world = World.Create();
        Entity entity = world.Create(new Delta());
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Alpha>()));
        Archetype empty = world.Rows(Signature.Empty);
        rows.SetCount(4);
        world.Dispose();
        Assert.That(() => rows.SetCount(4), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => empty.SetCount(4), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => world.Create(new Delta()), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => world.Get<Delta>(entity), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => world.SetResource("text"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(world.IsAlive(entity), Is.False);
        Assert.That(rows.Chunk.Read<Alpha>().Length, Is.Zero);
    }

    [Test]
    public void ResourceWhoseDisposeThrowsLeavesNothingBehind([Values(1, 2)] int failing)
    {
        World world = World.Create();
        world.Create(new Delta());
        var good = new Good();
        world.SetResource(good);
        world.SetResource(new Bad());
        if (failing == 2) world.SetResource(new Worse());
        Assert.That(world.Dispose, failing == 1 ? Throws.TypeOf<FormatException>() : Throws.TypeOf<AggregateException>());
        Assert.That(good.Disposals, Is.EqualTo(1));
        Assert.That(world.Ledger.ThrowIfOutstanding, Throws.Nothing);
        Assert.That(world.Dispose, Throws.Nothing);
    }

    [Test]
    public void ReplacedResourceThatThrowsIsReplacedAllTheSame()
    {
        World world = World.Create();
        world.SetResource<IDisposable>(new Bad());
        var good = new Good();
        Assert.That(() => world.SetResource<IDisposable>(good), Throws.TypeOf<FormatException>());
        Assert.That(world.Resource<IDisposable>(), Is.SameAs(good));
        world.Dispose();
        Assert.That(good.Disposals, Is.EqualTo(1));
    }

    [Test]
    public void ResourceOfTwoTypesIsDisposedOfOnceAndLast()
    {
        World world = World.Create();
        var good = new Good();
        world.SetResource(good);
        world.SetResource<IDisposable>(good);
        world.SetResource(new Good());
        Assert.That(good.Disposals, Is.Zero, "it still is the IDisposable");
        world.Dispose();
        Assert.That(good.Disposals, Is.EqualTo(1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(Query query)
    {
        ChunkEnumerator chunks = query.GetEnumerator();
        Assert.That(chunks.MoveNext(), Is.True);
    }

    private sealed class Good : IDisposable
    {
        internal int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }

    private sealed class Bad : IDisposable
    {
        public void Dispose() => throw new FormatException("bad");
    }

    private sealed class Worse : IDisposable
    {
        public void Dispose() => throw new FormatException("worse");
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What needs memory that is not there changes nothing.</summary>
internal sealed unsafe class OutOfMemoryTests
{
    private static readonly Signature _three = Signature.Of(ComponentType.Of<Alpha>(), ComponentType.Of<Beta>(), ComponentType.Of<Gamma>());
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld()
    {
        _world.Dispose();
        _world.Ledger.ThrowIfOutstanding();
        Assert.That(_world.Ledger.OutstandingBytes, Is.Zero);
    }

    [Test]
    public void BufferThatCannotGrowIsAsItWas([Values] bool keep)
    {
        using var buffer = new NativeBuffer<int>(_world.Ledger, "keys", 100);
        buffer.Span.Fill(7);
        int* before = buffer.Pointer;
        Allow(1000);
        Assert.That(() => buffer.Resize(100_000, keep), Throws.InstanceOf<OutOfMemoryException>().With.Message.Contains("'keys'").And.Message.Contains("LimitBytes"));
        Assert.That(buffer.Length, Is.EqualTo(100));
        Assert.That((nint)buffer.Pointer, Is.EqualTo((nint)before));
        Assert.That(buffer.Span.ToArray(), Is.All.EqualTo(7));
        _world.Ledger.LimitBytes = long.MaxValue;
        Assert.That(() => buffer.Resize(100_000, keep), Throws.Nothing);
    }

    [Test]
    public void BufferThatCannotBeMadeLeavesNothingInTheLedger()
    {
        Allow(1000);
        Assert.That(() => new NativeBuffer<int>(_world.Ledger, "keys", 100_000), Throws.InstanceOf<OutOfMemoryException>());
        Assert.That(_world.Ledger.Outstanding, Is.Zero);
    }

    [Test]
    public void MemoryThatTheMachineLacksIsToldByName()
    {
        Archetype rows = _world.Rows(Signature.Of(ComponentType.Block<Tag, double>()));
        foreach ((int stride, int count) in (IEnumerable<(int, int)>)[(1 << 20, 1 << 30), (int.MaxValue, int.MaxValue)])
        {
            rows.SetCount(0);
            rows.SetStride<Tag, double>(stride);
            Assert.That(() => rows.SetCount(count), Throws.InstanceOf<OutOfMemoryException>().With.Message.Contains("Tag"));
            Assert.That(rows.Count, Is.Zero);
            rows.SetStride<Tag, double>(3);
            rows.SetCount(2);
            Assert.That(rows.Chunk.ReadBlock<Tag, double>().Span.ToArray(), Is.EqualTo(new double[6]), "it works on");
        }
    }

    [Test]
    public void SetCountIsAllColumnsOrNone([Values(0, 1, 2)] int columns)
    {
        Archetype rows = _world.Rows(_three);
        rows.SetCount(10);
        foreach (ref Alpha alpha in rows.Chunk.Write<Alpha>()) alpha.Value = 1;
        foreach (ref Gamma gamma in rows.Chunk.Write<Gamma>()) gamma.Value = 3;
        Entity name = rows.Chunk.Entity(9);
        long held = _world.Ledger.OutstandingBytes;
        Allow((columns * 9_000_000) + 1_000_000); // A column of a million rows and an eighth takes 9 MB.
        Assert.That(() => rows.SetCount(1_000_000), Throws.InstanceOf<OutOfMemoryException>());
        Assert.That(rows.Count, Is.EqualTo(10));
        Assert.That(rows.Chunk.Read<Alpha>().ToArray().Select(alpha => alpha.Value), Is.All.EqualTo(1));
        Assert.That(rows.Chunk.Read<Gamma>().ToArray().Select(gamma => gamma.Value), Is.All.EqualTo(3));
        Assert.That(_world.IsAlive(name), Is.True);
        Assert.That(_world.Ledger.OutstandingBytes, Is.EqualTo(held), "what was taken for the first columns is given back");
    }

    [Test]
    public void EntitiesAreMadeWholeOrNotAtAll()
    {
        Entity first = _world.Create(new Alpha { Value = 1 }, new Beta(), new Gamma());
        var many = new Entity[100_000];
        Allow(2_000_000);
        Assert.That(() => _world.Create(many, _three), Throws.InstanceOf<OutOfMemoryException>());
        Assert.That(_world.Size, Is.EqualTo(1));
        Assert.That(many, Is.All.EqualTo(Entity.Null));
        int made = 1;
        try
        {
            while (true) _world.Create(new Alpha { Value = ++made }, new Beta(), new Gamma());
        }
        catch (OutOfMemoryException)
        {
            made--;
        }
        Assert.That(_world.Size, Is.EqualTo(made));
        Archetype archetype = _world.GetArchetype(first);
        Assert.That(archetype.Count, Is.EqualTo(made));
        Assert.That(archetype.Chunk.Read<Alpha>().ToArray().Select(alpha => alpha.Value), Is.EqualTo(Enumerable.Range(1, made)));
        Assert.That(archetype.Chunk.Entities.ToArray().Select(_world.IsAlive), Is.All.True);
    }

    [Test]
    public void EntityThatCannotMoveStays()
    {
        Entity entity = _world.Create(new Alpha { Value = 1 });
        Entity other = _world.Create(new Alpha { Value = 2 });
        Allow(0);
        Assert.That(() => _world.Add(entity, new Beta()), Throws.InstanceOf<OutOfMemoryException>());
        Assert.That(_world.Has<Beta>(entity), Is.False);
        Assert.That(_world.Get<Alpha>(entity).Value, Is.EqualTo(1));
        Assert.That(_world.GetRow(other), Is.EqualTo(1));
        _world.Ledger.LimitBytes = long.MaxValue;
        _world.Add(entity, new Beta { Value = 3 });
        Assert.That(_world.Get<Beta>(entity).Value, Is.EqualTo(3));
    }

    [Test]
    public void SnapshotIsTakenAndRestoredWholeOrNotAtAll()
    {
        Archetype rows = _world.Rows(_three);
        rows.SetCount(100_000);
        Allow(1_000_000);
        int buffers = _world.Ledger.Outstanding;
        Assert.That(() => Snapshot.Of(_world), Throws.InstanceOf<OutOfMemoryException>());
        Assert.That(_world.Ledger.Outstanding, Is.EqualTo(buffers));
        _world.Ledger.LimitBytes = long.MaxValue;
        Archetype late = _world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        late.SetCount(10);
        using Snapshot snapshot = Snapshot.Of(_world);
        using Snapshot small = SnapshotOfFewRows(rows, out ulong hash);
        Assert.That(Snapshot.Hash(_world), Is.EqualTo(hash));
        Assert.That(snapshot.Restore, Throws.Nothing, "the memory is still there");
    }

    [Test]
    public void CommandThatFindsNoMemoryLeavesTheWorldWhole([Values(0, 3000, 30_000)] long more)
    {
        var entities = new Entity[1000];
        _world.Create(entities, Signature.Of(ComponentType.Of<Alpha>()));
        var buffer = new CommandBuffer();
        foreach (Entity entity in entities) buffer.Add(in entity, new Beta { Value = 1 });
        Allow(more);
        Assert.That(() => buffer.Playback(_world), Throws.InstanceOf<OutOfMemoryException>());
        _world.Ledger.LimitBytes = long.MaxValue;
        Assert.That(_world.CountEntities(new QueryDescription()), Is.EqualTo(1000));
        foreach (Entity entity in entities)
            Assert.That(_world.GetArchetype(entity).Chunk.Entity(_world.GetRow(entity)), Is.EqualTo(entity));
    }

    private Snapshot SnapshotOfFewRows(Archetype rows, out ulong hash)
    {
        rows.SetCount(5);
        hash = Snapshot.Hash(_world);
        return Snapshot.Of(_world);
    }

    private void Allow(long more) => _world.Ledger.LimitBytes = _world.Ledger.OutstandingBytes + more;
}

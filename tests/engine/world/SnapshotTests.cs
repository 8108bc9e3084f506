using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Going back, and comparing.</summary>
[Category("Guarded")]
internal sealed class SnapshotTests
{
    [Test]
    public void RestoringBringsBackEveryRowAndName()
    {
        using World world = World.Create();
        Entity kept = world.Create(new Alpha { Value = 1 }, new Delta { Value = 2 });
        Entity destroyed = world.Create(new Alpha { Value = 3 });
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Delta>(), ComponentType.Block<Tag, float>()), 2);
        rows.SetStride<Tag, float>(3);
        rows.SetCount(4);
        rows.Chunk.WriteBlock<Tag, float>().Span.Fill(9);
        Entity row = rows.Chunk.Entity(3);
        ulong hash = Snapshot.Hash(world);
        using (Snapshot snapshot = Snapshot.Of(world))
        {
            world.Get<Alpha>(kept).Value = 7;
            world.Destroy(destroyed);
            Entity later = world.Create(new Gamma());
            rows.SetCount(0);
            rows.SetStride<Tag, float>(5);
            rows.SetCount(2);
            Assert.That(Snapshot.Hash(world), Is.Not.EqualTo(hash));
            snapshot.Restore();
            Assert.That(world.IsAlive(later), Is.False);
        }
        Assert.That(world.Size, Is.EqualTo(2));
        Assert.That(world.Get<Alpha>(kept).Value, Is.EqualTo(1));
        Assert.That(world.Get<Alpha>(destroyed).Value, Is.EqualTo(3));
        Assert.That(world.IsAlive(row), Is.True);
        Assert.That(rows.Chunk.ReadBlock<Tag, float>().Stride, Is.EqualTo(3));
        Assert.That(rows.Chunk.ReadBlock<Tag, float>().Span.ToArray(), Is.All.EqualTo(9));
        world.Destroy(kept);
        Assert.That(world.Create(new Gamma()), Is.Not.EqualTo(kept));
    }

    [Test]
    public void HashTellsOneBit()
    {
        using World first = World.Create();
        using World second = World.Create();
        foreach (World world in (World[])[first, second])
            for (int i = 0; i < 100; i++) world.Create(new Delta { Value = i }, new Alpha { Value = i });
        Assert.That(Snapshot.Hash(first), Is.EqualTo(Snapshot.Hash(second)));
        Entity entity = second.Query(new QueryDescription().WithAll<Delta>()).Matches[0].Chunk.Entity(99);
        second.Get<Delta>(entity).Value ^= 1 << 31;
        Assert.That(Snapshot.Hash(first), Is.Not.EqualTo(Snapshot.Hash(second)));
    }

    [Test]
    public void NamesGivenAfterTheSnapshotAreNeverGivenAgain()
    {
        using World world = World.Create();
        Signature signature = Signature.Of(ComponentType.Of<Delta>());
        Entity kept = world.Create(new Delta());
        Entity gone = world.Create(new Delta());
        world.Destroy(gone);
        using Snapshot snapshot = Snapshot.Of(world);
        var dead = new HashSet<Entity> { gone };
        for (int repeat = 0; repeat < 5; repeat++)
        {
            for (int i = 0; i < 4; i++) Assert.That(dead.Add(world.Create(new Delta())), Is.True, "every name is new");
            world.Destroy(kept);
            Assert.That(dead.Add(world.Create(new Delta())), Is.True, "the id of the kept one, once more");
            snapshot.Restore();
            Assert.That(dead.Select(world.IsAlive), Is.All.False);
            Assert.That(world.IsAlive(kept), Is.True);
        }
        var many = new Entity[100];
        world.Create(many, signature);
        Assert.That(many.Any(dead.Contains), Is.False);
        Assert.That(many, Has.None.EqualTo(kept).And.Unique);
        Assert.That(world.Size, Is.EqualTo(101));
    }

    [Test]
    public void NamesOfRowsEnBlocAreNeverGivenAgain()
    {
        using World world = World.Create();
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        rows.SetCount(2);
        Entity kept = rows.Chunk.Entity(1);
        using Snapshot snapshot = Snapshot.Of(world);
        var dead = new HashSet<Entity>();
        for (int repeat = 0; repeat < 5; repeat++)
        {
            rows.SetCount(2);
            Assert.That(dead.Add(rows.Chunk.Entity(1)), Is.True, "every name is new");
            Archetype late = world.Rows(Signature.Of(ComponentType.Of<Alpha>()));
            late.SetCount(2);
            Assert.That(dead.Add(late.Chunk.Entity(1)), Is.True);
            snapshot.Restore();
            Assert.That(dead.Select(world.IsAlive), Is.All.False);
            Assert.That(world.IsAlive(kept), Is.True, "it lived when the snapshot was taken");
        }
    }

    [Test]
    [Category("Unguarded")]
    public void NamesOfRowsEnBlocDoNotComeBackAfterAMillionRebuilds()
    {
        using World world = World.Create();
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        rows.SetCount(1);
        Entity old = rows.Chunk.Entity(0);
        for (int i = 0; i < 1 << 20; i++) rows.SetCount(1);
        Assert.That(world.IsAlive(old), Is.False);
        Assert.That(world.IsAlive(rows.Chunk.Entity(0)), Is.True);
    }

    [Test]
    public void HashDoesNotDependOnArchetypesThatCameAndWent()
    {
        using World world = World.Create();
        world.Create(new Delta { Value = 1 });
        world.Rows(Signature.Of(ComponentType.Of<Alpha>()), 3).SetCount(4);
        ulong hash = Snapshot.Hash(world);
        using Snapshot snapshot = Snapshot.Of(world);
        world.Create(new Gamma { Value = 2 });
        world.Rows(Signature.Of(ComponentType.Of<Beta>()), 1).SetCount(2);
        world.Rows(Signature.Of(ComponentType.Of<Beta>()), 2);
        Assert.That(Snapshot.Hash(world), Is.Not.EqualTo(hash));
        snapshot.Restore();
        Assert.That(Snapshot.Hash(world), Is.EqualTo(hash));
    }

    [Test]
    public void HashDoesNotDependOnTheOrderInWhichArchetypesWereMade()
    {
        using World first = World.Create();
        first.Create(new Alpha { Value = 1 });
        first.Create(new Beta { Value = 2 });
        using World second = World.Create();
        second.Create(new Beta { Value = 2 });
        second.Create(new Alpha { Value = 1 });
        Assert.That(Snapshot.Hash(second), Is.EqualTo(Snapshot.Hash(first)));
        using World third = World.Create();
        third.Create(new Beta { Value = 1 });
        third.Create(new Alpha { Value = 2 });
        Assert.That(Snapshot.Hash(third), Is.Not.EqualTo(Snapshot.Hash(first)));
    }

    [Test]
    public void NothingIsTakenOrRestoredAfterDisposal()
    {
        World world = World.Create();
        world.Create(new Delta());
        Snapshot first = Snapshot.Of(world);
        first.Dispose();
        first.Dispose();
        Assert.That(first.Restore, Throws.TypeOf<ObjectDisposedException>());
        Snapshot second = Snapshot.Of(world);
        world.Dispose();
        Assert.That(second.Restore, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Snapshot.Of(world), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Snapshot.Hash(world), Throws.TypeOf<ObjectDisposedException>());
        second.Dispose();
        world.Ledger.ThrowIfOutstanding();
    }
}

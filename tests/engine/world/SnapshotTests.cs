using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Going back, and comparing.</summary>
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
}

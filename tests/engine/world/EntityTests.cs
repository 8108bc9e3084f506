using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Entities one at a time.</summary>
[Category("Guarded")]
internal sealed class EntityTests
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
    public void ComponentsAreWhatTheyWereMadeWith()
    {
        Entity entity = _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 }, new Gamma { Value = 3 }, new Delta { Value = 4 });
        Assert.That(_world.Get<Alpha>(entity).Value, Is.EqualTo(1));
        Assert.That(_world.Get<Beta>(entity).Value, Is.EqualTo(2));
        Assert.That(_world.Read<Gamma>(entity).Value, Is.EqualTo(3));
        Assert.That(_world.TryGet(entity, out Delta delta) ? delta.Value : -1, Is.EqualTo(4));
        _world.Set(entity, new Delta { Value = 5 });
        Assert.That(_world.Get<Delta>(entity).Value, Is.EqualTo(5));
    }

    [Test]
    public void AddAndRemoveKeepTheOtherComponents()
    {
        Entity first = _world.Create(new Alpha { Value = 1 });
        Entity second = _world.Create(new Alpha { Value = 2 });
        _world.Add(first, new Beta { Value = 10 });
        Assert.That(_world.Has<Beta>(first), Is.True);
        Assert.That(_world.Has<Beta>(second), Is.False);
        Assert.That(_world.Get<Alpha>(first).Value, Is.EqualTo(1));
        Assert.That(_world.Get<Alpha>(second).Value, Is.EqualTo(2));
        _world.Remove<Alpha>(first);
        Assert.That(_world.TryGet(first, out Alpha _), Is.False);
        Assert.That(_world.Get<Beta>(first).Value, Is.EqualTo(10));
    }

    [Test]
    public void AddingAComponentOfTheSameArchetypeByReferenceIsSafe()
    {
        Entity source = _world.Create(new Alpha { Value = 7 }, new Beta { Value = 8 });
        Entity[] others = [.. Enumerable.Range(0, 100).Select(_ => _world.Create(new Alpha()))];
        foreach (Entity other in others) _world.Add(other, in _world.Get<Beta>(source));
        Assert.That(others.Select(other => _world.Get<Beta>(other).Value), Is.All.EqualTo(8));
    }

    [Test]
    public void DestroyingKeepsTheOrderOfTheOthers()
    {
        Entity[] entities = [.. Enumerable.Range(0, 10).Select(i => _world.Create(new Delta { Value = i }))];
        _world.Destroy(entities[3]);
        _world.Destroy([entities[9], entities[0], entities[6]]);
        Assert.That(Values(), Is.EqualTo(new[] { 1, 2, 4, 5, 7, 8 }));
        foreach (int i in (int[])[1, 2, 4, 5, 7, 8]) Assert.That(_world.Get<Delta>(entities[i]).Value, Is.EqualTo(i));
        Assert.That(_world.Size, Is.EqualTo(6));
    }

    [Test]
    public void ReusedIdsHaveNewVersions()
    {
        Entity old = _world.Create(new Alpha());
        _world.Destroy(old);
        Entity fresh = _world.Create(new Alpha());
        Assert.That(fresh.Id, Is.EqualTo(old.Id));
        Assert.That(fresh, Is.Not.EqualTo(old));
        Assert.That(_world.IsAlive(old), Is.False);
        Assert.That(_world.IsAlive(fresh), Is.True);
        Assert.That(_world.IsAlive(Entity.Null), Is.False);
    }

    [Test]
    public void ManyAreMadeInOrder()
    {
        var created = new Entity[10_000];
        _world.Create(created, Signature.Of(ComponentType.Of<Delta>()));
        Assert.That(created, Is.Unique);
        Archetype archetype = _world.GetArchetype(created[0]);
        Assert.That(archetype.Chunk.Entities.ToArray(), Is.EqualTo(created));
        Assert.That(created.Select(_world.GetRow), Is.EqualTo(Enumerable.Range(0, 10_000)));
    }

    [Test]
    public void DestroyByDescriptionTakesAllThatMatch()
    {
        _world.Create(new Alpha());
        _world.Create(new Alpha(), new Beta());
        Entity left = _world.Create(new Beta());
        _world.Destroy(new QueryDescription().WithAll<Alpha>());
        Assert.That(_world.Size, Is.EqualTo(1));
        Assert.That(_world.IsAlive(left), Is.True);
    }

    [Test]
    public void MisuseThrows()
    {
        Entity entity = _world.Create(new Alpha());
        Assert.That(() => _world.Get<Beta>(entity), Throws.InvalidOperationException.With.Message.Contains("Beta"));
        Assert.That(() => _world.Add(entity, new Alpha()), Throws.InvalidOperationException.With.Message.Contains("already has"));
        Assert.That(() => _world.Remove<Beta>(entity), Throws.InvalidOperationException);
        Assert.That(() => _world.Destroy([entity, entity]), Throws.InvalidOperationException.With.Message.Contains("twice"));
        Assert.That(_world.IsAlive(entity), Is.True);
        _world.Destroy(entity);
        Assert.That(() => _world.Get<Alpha>(entity), Throws.InvalidOperationException.With.Message.Contains("does not live"));
        Assert.That(() => _world.Destroy(entity), Throws.InvalidOperationException);
        Assert.That(() => _world.Create(ComponentType.Block<Tag, float>()), Throws.InvalidOperationException.With.Message.Contains("World.Rows"));
        Assert.That(() => _world.Create(default(ComponentType)), Throws.InvalidOperationException);
    }

    [Test]
    public void ChangingRowsWhileIteratingThrows()
    {
        Entity entity = _world.Create(new Alpha());
        QueryDescription description = new QueryDescription().WithAll<Alpha>();
        Assert.That(() => _world.Query(in description, (ref Alpha _) => _world.Create(new Alpha())), Throws.InvalidOperationException.With.Message.Contains("CommandBuffer"));
        Assert.That(() => _world.Query(in description, (ref Alpha _) => _world.Destroy(entity)), Throws.InvalidOperationException);
        Assert.That(() => _world.Query(in description, (ref Alpha _) => _world.Add(entity, new Beta())), Throws.InvalidOperationException);
        Assert.That(() => _world.Query(in description, (ref Alpha _) => _world.Create(new Alpha(), new Gamma())), Throws.InvalidOperationException);
        Assert.That(() => _world.Query(in description, (ref Alpha _) => _world.Create(new Delta())), Throws.Nothing, "other rows may be made");
        Assert.That(() => _world.Create(new Alpha()), Throws.Nothing, "after the loops");
    }

    [Test]
    public void AnArchetypeCountsTheChangesOfItsRowsAndNotOfTheirComponents()
    {
        Entity first = _world.Create(new Alpha()), second = _world.Create(new Alpha());
        Archetype rows = _world.GetArchetype(first);
        long before = rows.Changes;
        _world.Set(first, new Alpha());
        _ = rows.Chunk.Write<Alpha>();
        _world.Create(new Beta());
        Assert.That(rows.Changes, Is.EqualTo(before));
        Changed(() => _world.Add(first, new Beta()));
        Changed(() => _world.Remove<Beta>(first));
        Changed(() => _world.Destroy(second));
        Changed(() => second = _world.Create(new Alpha()));
        CommandBuffer commands = new();
        commands.Destroy(second);
        Assert.That(rows.Changes, Is.EqualTo(before));
        Changed(() => commands.Playback(_world));
        using Snapshot snapshot = Snapshot.Of(_world);
        Changed(snapshot.Restore);
        Archetype bloc = _world.Rows(rows.Signature);
        long blocs = bloc.Changes;
        bloc.SetCount(0);
        Assert.That(bloc.Changes, Is.GreaterThan(blocs));

        void Changed(Action change)
        {
            change();
            Assert.That(rows.Changes, Is.GreaterThan(before));
            before = rows.Changes;
        }
    }

    [Test]
    public void TwoWorldsRunOnTwoThreads()
    {
        Parallel.For(0, 8, seed =>
        {
            using World world = World.Create();
            var entities = new List<Entity>();
            for (int i = 0; i < 2000; i++) entities.Add(world.Create(new Delta { Value = i * seed }));
            for (int i = 0; i < 2000; i += 2) world.Destroy(entities[i]);
            for (int i = 1; i < 2000; i += 2) Assert.That(world.Get<Delta>(entities[i]).Value, Is.EqualTo(i * seed));
        });
    }

    private int[] Values()
    {
        var values = new List<int>();
        foreach (ref Chunk chunk in _world.Query(new QueryDescription().WithAll<Delta>()))
            foreach (Delta delta in chunk.Read<Delta>()) values.Add(delta.Value);
        return [.. values];
    }
}

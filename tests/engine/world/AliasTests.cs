using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Arguments that stand in the very columns that a call moves.</summary>
[Category("Guarded")]
internal sealed class AliasTests
{
    private const int Rows = 3000;
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void CreateTakesReferencesIntoTheColumnsThatGrow()
    {
        Entity one = _world.Create(new Alpha { Value = 1 });
        Entity two = _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 });
        Entity three = _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 }, new Gamma { Value = 3 });
        Entity four = _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 }, new Gamma { Value = 3 }, new Delta { Value = 4 });
        for (int i = 1; i < Rows; i++)
        {
            one = _world.Create(in _world.Get<Alpha>(one));
            two = _world.Create(in _world.Get<Alpha>(two), in _world.Get<Beta>(two));
            three = _world.Create(in _world.Get<Alpha>(three), in _world.Get<Beta>(three), in _world.Get<Gamma>(three));
            four = _world.Create(in _world.Get<Alpha>(four), in _world.Get<Beta>(four), in _world.Get<Gamma>(four), in _world.Get<Delta>(four));
        }
        int wrong = 0;
        _world.Query(new QueryDescription().WithAll<Alpha>(), (ref Alpha alpha) => wrong += alpha.Value == 1 ? 0 : 1);
        _world.Query(new QueryDescription().WithAll<Beta>(), (ref Beta beta) => wrong += beta.Value == 2 ? 0 : 1);
        _world.Query(new QueryDescription().WithAll<Gamma>(), (ref Gamma gamma) => wrong += gamma.Value == 3 ? 0 : 1);
        _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta delta) => wrong += delta.Value == 4 ? 0 : 1);
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void SetAndAddTakeReferencesIntoTheSameColumn()
    {
        Entity source = _world.Create(new Alpha { Value = 7 }, new Beta { Value = 8 });
        for (int i = 0; i < Rows; i++)
        {
            Entity next = _world.Create(new Alpha());
            _world.Set(next, in _world.Get<Alpha>(source));
            _world.Add(next, in _world.Get<Beta>(source));
            Assert.That(_world.Get<Alpha>(next).Value, Is.EqualTo(7));
            Assert.That(_world.Get<Beta>(next).Value, Is.EqualTo(8));
            source = next;
        }
    }

    [Test]
    public void RecordedValuesAreThoseOfTheTimeOfRecording()
    {
        Entity source = _world.Create(new Alpha { Value = 7 });
        Entity target = _world.Create(new Delta());
        var buffer = new CommandBuffer();
        buffer.Add(in target, in _world.Get<Alpha>(source));
        buffer.Destroy(in source);
        _world.Get<Alpha>(source).Value = 9;
        buffer.Playback(_world);
        Assert.That(_world.Get<Alpha>(target).Value, Is.EqualTo(7));
    }

    [Test]
    public void NamesAreNotWrittenIntoColumnsThatMove()
    {
        Signature links = Signature.Of(ComponentType.Of<Entity>());
        var first = new Entity[10];
        _world.Create(first, links);
        Archetype archetype = _world.GetArchetype(first[0]);
        Assert.That(() => _world.Create(archetype.Chunk.Write<Entity>()[..4], links), Throws.ArgumentException.With.Message.Contains("moves"));
        Assert.That(_world.Size, Is.EqualTo(10));
        Assert.That(() => _world.Create(archetype.Chunk.Write<Entity>()[..4], Signature.Of(ComponentType.Of<Alpha>())), Throws.Nothing);
        Assert.That(archetype.Chunk.Read<Entity>()[..4].ToArray().Select(_world.IsAlive), Is.All.True);
    }

    [Test]
    public void AllRowsAreDestroyedByTheirOwnNames()
    {
        for (int i = 0; i < 100; i++) _world.Create(new Delta { Value = i });
        Entity kept = _world.Create(new Alpha());
        Archetype archetype = _world.Query(new QueryDescription().WithAll<Delta>()).Matches[0];
        _world.Destroy(archetype.Chunk.Entities[10..]);
        Assert.That(archetype.Chunk.Read<Delta>().ToArray().Select(delta => delta.Value), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(_world.IsAlive(kept), Is.True);
    }
}

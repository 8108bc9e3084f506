using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Structural changes by the buffer cost rows in their number, not its square: exact counts of moved rows.</summary>
internal sealed class StructuralCostTests
{
    private const int Count = 150_000;
    private readonly CommandBuffer _buffer = new();
    private World _world = null!;
    private Entity[] _entities = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = World.Create();
        _entities = new Entity[Count];
        _world.Create(_entities, Signature.Of(ComponentType.Of<Delta>(), ComponentType.Of<Alpha>()));
        for (int i = 0; i < Count; i++) _world.Get<Delta>(_entities[i]).Value = i;
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void AddMovesEachRowOnce()
    {
        foreach (Entity entity in _entities) _buffer.Add(in entity, new Beta { Value = 1 });
        Assert.That(Moved(), Is.EqualTo(Count));
        Check(_entities);
    }

    [Test]
    public void RemoveFromTheFrontMovesEachRowOnce()
    {
        foreach (Entity entity in _entities) _buffer.Remove<Alpha>(in entity);
        Assert.That(Moved(), Is.EqualTo(Count));
        Check(_entities);
    }

    [Test]
    public void DestroyFromTheFrontMovesWhatIsLeftOnce()
    {
        foreach (Entity entity in _entities[..1000]) _buffer.Destroy(in entity);
        Assert.That(Moved(), Is.EqualTo(Count - 1000));
        Check(_entities[1000..]);
    }

    [Test]
    public void MixedCommandsCloseUpOnce()
    {
        // Each third entity changes its archetype, each third goes, each third is written.
        for (int i = 0; i < Count; i++)
        {
            if (i % 3 == 0) _buffer.Add(in _entities[i], new Beta());
            if (i % 3 == 1) _buffer.Destroy(in _entities[i]);
            if (i % 3 == 2) _buffer.Set(in _entities[i], new Alpha { Value = 1 });
        }
        Assert.That(Moved(), Is.EqualTo(Count / 3 * 2), "a third moves out, and a third closes up");
        Check([.. _entities.Where((_, i) => i % 3 == 2), .. _entities.Where((_, i) => i % 3 == 0)]);
    }

    [Test]
    public void ThereAndBackAgainMovesTwice()
    {
        foreach (Entity entity in _entities)
        {
            _buffer.Add(in entity, new Beta());
            _buffer.Remove<Beta>(in entity);
        }
        Assert.That(Moved(), Is.EqualTo(3 * Count), "there, back, and up");
        Check(_entities);
    }

    [Test]
    public void QueryIsDestroyedWithoutMovingARow()
    {
        long before = _world.MovedRows;
        _world.Destroy(new QueryDescription().WithAll<Delta>());
        Assert.That(_world.MovedRows - before, Is.Zero);
        Assert.That(_world.Size, Is.Zero);
    }

    [Test]
    public void WarmRecordingAndPlaybackAllocateNothing()
    {
        ThereAndBack();
        ThereAndBack();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ThereAndBack();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void ThereAndBack()
        {
            foreach (Entity entity in _entities.AsSpan(0, 1000)) _buffer.Add(in entity, new Beta { Value = 1 });
            _buffer.Playback(_world);
            foreach (Entity entity in _entities.AsSpan(0, 1000)) _buffer.Remove<Beta>(in entity);
            _buffer.Playback(_world);
        }
    }

    private long Moved()
    {
        long before = _world.MovedRows;
        _buffer.Playback(_world);
        return _world.MovedRows - before;
    }

    /// <summary>The rows are those of the entities, in this order, and hold what they held.</summary>
    private void Check(Entity[] entities)
    {
        var names = new List<Entity>();
        var values = new List<int>();
        foreach (ref Chunk chunk in _world.Query(new QueryDescription().WithAll<Delta>()))
        {
            names.AddRange(chunk.Entities);
            foreach (Delta delta in chunk.Read<Delta>()) values.Add(delta.Value);
        }
        Assert.That(names.SequenceEqual(entities), Is.True);
        Assert.That(values.SequenceEqual(entities.Select(entity => Array.IndexOf(_entities, entity, entity.Id))), Is.True);
        Assert.That(entities.Where((entity, i) => _world.GetArchetype(entity).Chunk.Entity(_world.GetRow(entity)) != entity), Is.Empty);
    }
}

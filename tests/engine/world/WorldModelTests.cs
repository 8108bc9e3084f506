using Fmm.Engine;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Random changes, made at once or through a command buffer, against a list of dictionaries.</summary>
[Category("Guarded")]
internal sealed class WorldModelTests
{
    [Test]
    public void WorldBehavesLikeAListOfDictionaries()
    {
        Prop.ForAll(Changes(), changes => Run(changes, buffered: false)).QuickCheckThrowOnFailure();
    }

    [Test]
    public void PlayedBackCommandsBehaveTheSame()
    {
        Prop.ForAll(Changes(), changes => Run(changes, buffered: true)).QuickCheckThrowOnFailure();
    }

    [Test]
    public void PlaybackLeavesTheRowsThatSingleCallsLeaveInTheSameOrder()
    {
        Prop.ForAll(Changes(), changes => RowsAfter(changes, buffered: true) == RowsAfter(changes, buffered: false)).QuickCheckThrowOnFailure();
    }

    /// <summary>The hash of all rows, their order included, after changes of 30 entities.</summary>
    private static ulong RowsAfter(int[] changes, bool buffered)
    {
        using World world = World.Create();
        var buffer = new CommandBuffer();
        List<Entity> entities = [.. Enumerable.Range(0, 30).Select(i => world.Create(new Alpha { Value = i }))];
        var have = entities.ToDictionary(entity => entity, _ => (Beta: false, Delta: false));
        for (int step = 0; step < changes.Length; step++)
        {
            Entity entity = entities[changes[step] / 5 % entities.Count];
            (bool beta, bool delta) = have[entity];
            have[entity] = (changes[step] % 5) switch
            {
                0 => (beta, !delta),
                1 or 2 => (!beta, delta),
                _ => (beta, delta),
            };
            if (changes[step] % 5 == 4 && entities.Count > 1) entities.Remove(entity);
            if (buffered) Record(buffer, entity, changes[step] % 5, step, beta, delta, entities);
            else Do(world, entity, changes[step] % 5, step, beta, delta, entities);
        }
        buffer.Playback(world);
        return Snapshot.Hash(world);
    }

    private static void Record(CommandBuffer buffer, Entity entity, int kind, int step, bool beta, bool delta, List<Entity> left)
    {
        if (!left.Contains(entity)) buffer.Destroy(in entity);
        else if (kind == 0 && delta) buffer.Remove<Delta>(in entity);
        else if (kind == 0) buffer.Add(in entity, new Delta { Value = step });
        else if (kind < 3 && beta) buffer.Remove<Beta>(in entity);
        else if (kind < 3) buffer.Add(in entity, new Beta { Value = step });
        else buffer.Set(in entity, new Alpha { Value = step });
    }

    private static void Do(World world, Entity entity, int kind, int step, bool beta, bool delta, List<Entity> left)
    {
        if (!left.Contains(entity)) world.Destroy(entity);
        else if (kind == 0 && delta) world.Remove<Delta>(entity);
        else if (kind == 0) world.Add(entity, new Delta { Value = step });
        else if (kind < 3 && beta) world.Remove<Beta>(entity);
        else if (kind < 3) world.Add(entity, new Beta { Value = step });
        else world.Set(entity, new Alpha { Value = step });
    }

    private static Arbitrary<int[]> Changes() => Gen.Choose(0, 4999).ArrayOf(60).ToArbitrary();

    private static bool Run(int[] changes, bool buffered)
    {
        using World world = World.Create();
        var buffer = new CommandBuffer();
        var entities = new List<Entity>();
        var model = new List<(double? Alpha, int? Delta)>();
        for (int step = 0; step < changes.Length; step++)
        {
            int kind = changes[step] % 5;
            int at = entities.Count == 0 ? -1 : changes[step] / 5 % entities.Count;
            if (kind == 0 || at < 0)
            {
                // Made at once in both, so that the names are known.
                entities.Add(world.Create(new Alpha { Value = step }, new Delta { Value = -step }));
                model.Add((step, -step));
                continue;
            }
            Entity entity = entities[at];
            (double? alpha, int? delta) = model[at];
            switch (kind)
            {
                case 1:
                    if (buffered) buffer.Destroy(in entity);
                    else world.Destroy(entity);
                    entities.RemoveAt(at);
                    model.RemoveAt(at);
                    break;
                case 2 when alpha is null:
                    if (buffered) buffer.Add(in entity, new Alpha { Value = step });
                    else world.Add(entity, new Alpha { Value = step });
                    model[at] = (step, delta);
                    break;
                case 2:
                    if (buffered) buffer.Set(in entity, new Alpha { Value = step });
                    else world.Set(entity, new Alpha { Value = step });
                    model[at] = (step, delta);
                    break;
                case 3 when alpha is not null:
                    if (buffered) buffer.Remove<Alpha>(in entity);
                    else world.Remove<Alpha>(entity);
                    model[at] = (null, delta);
                    break;
                default:
                    if (buffered && delta is null) buffer.Add(in entity, new Delta { Value = step });
                    else if (buffered) buffer.Remove<Delta>(in entity);
                    else if (delta is null) world.Add(entity, new Delta { Value = step });
                    else world.Remove<Delta>(entity);
                    model[at] = (alpha, delta is null ? step : null);
                    break;
            }
            if (buffered && step % 3 == 0) buffer.Playback(world);
        }
        buffer.Playback(world);
        return Same(world, entities, model);
    }

    private static bool Same(World world, List<Entity> entities, List<(double? Alpha, int? Delta)> model)
    {
        bool same = world.Size == model.Count && world.CountEntities(new QueryDescription()) == model.Count;
        for (int i = 0; i < model.Count; i++)
        {
            same &= world.IsAlive(entities[i]);
            same &= (world.TryGet(entities[i], out Alpha alpha) ? alpha.Value : null) == model[i].Alpha;
            same &= (world.TryGet(entities[i], out Delta delta) ? delta.Value : null) == model[i].Delta;
            same &= world.GetArchetype(entities[i]).Chunk.Entity(world.GetRow(entities[i])) == entities[i];
        }
        return same;
    }
}

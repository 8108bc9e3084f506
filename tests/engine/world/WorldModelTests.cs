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

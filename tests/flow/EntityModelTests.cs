using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

/// <summary>Random worlds of entities that are made, destroyed, moved, charged and given other components, against direct sums by entity.</summary>
public sealed class EntityModelTests
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<Position, Charge>(), _targets = new QueryDescription().WithAll<Position, Potential>();

    private struct Star;

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void Whatever_happens_between_updates_each_entity_has_its_own_field(ushort seed, bool shared)
    {
        Random random = new(seed);
        // One leaf with near pairs alone, or many.
        FmmOptions options = EntityScene.Options with { LeafCapacity = random.Next(2) == 0 ? 1000 : 4, Order = 8 };
        using EntityScene entities = new(shared ? FmmEntities.Of(_sources) : FmmEntities.Of(_sources, _targets), options);
        List<Entity> living = [];
        for (int step = 0; step < 12; step++)
        {
            for (int call = random.Next(5); call > 0; call--) Act(entities.World, living, random, shared);
            entities.Update();
            Check(entities, shared);
        }
    }

    private static void Act(World world, List<Entity> living, Random random, bool shared)
    {
        int what = random.Next(6), some = Math.Min(living.Count, 1 + random.Next(30));
        if (what == 0)
        {
            for (int i = random.Next(60); i > 0; i--) living.Add(Make(world, random, shared));
            return;
        }
        if (what == 1 && random.Next(4) == 0) some = living.Count;
        for (; some > 0 && living.Count > 0; some--)
        {
            int at = random.Next(living.Count);
            Entity entity = living[at];
            if (what == 1)
            {
                world.Destroy(entity);
                living.RemoveAt(at);
            }
            else if (what == 2) world.Set(entity, Place(random));
            else if (what == 3 && world.Has<Charge>(entity)) world.Set(entity, new Charge(random.NextDouble() - 0.5));
            else if (what == 4 && world.Has<Star>(entity)) world.Remove<Star>(entity);
            else if (what == 4) world.Add<Star>(entity);
            else if (what == 5 && !shared && world.Has<Charge>(entity) && world.Has<Potential>(entity)) world.Remove<Charge>(entity);
        }
    }

    private static Entity Make(World world, Random random, bool shared) => (shared ? 0 : random.Next(3)) switch
    {
        0 => world.Create(Place(random), new Charge(random.NextDouble()), new Potential(), new Gradient()),
        1 => world.Create(Place(random), new Charge(random.NextDouble())),
        _ => world.Create(Place(random), new Potential(), new Gradient()),
    };

    private static Position Place(Random random) => new(random.NextDouble(), random.NextDouble(), random.NextDouble() * random.NextDouble());

    private static void Check(EntityScene entities, bool shared)
    {
        Position[] sources = entities.Column<Position>(_sources), targets = entities.Column<Position>(_targets);
        double[] charges = [.. entities.Column<Charge>(_sources).Select(charge => charge.Value)];
        (double[] potentials, double[] gradients) = entities.Field(_targets);
        Assert.That(DirectField.Error(potentials, DirectField.Of(default(Laplace), sources, charges, targets)), Is.LessThan(1e-4), shared ? "one query" : "two");
        Assert.That(DirectField.Error(gradients, DirectField.Of(default(Laplace), sources, charges, targets, gradient: true)), Is.LessThan(1e-3));
    }
}

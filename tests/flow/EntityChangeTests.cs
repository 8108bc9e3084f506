using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>An update finds out what changed on the entities, and does what that asks for.</summary>
public sealed class EntityChangeTests
{
    private static readonly Scene _scene = Scene.Of("plummer", 2000);

    private struct Star;

    [Test]
    public void Where_nothing_changed_the_tree_is_kept_and_the_field_is_the_same()
    {
        using EntityScene entities = Solved(out _);
        (double[], double[]) before = entities.Field(EntityScene.Charged);
        long tree = entities.Tree;
        for (int i = 0; i < 3; i++) entities.Update();
        Assert.That((entities.Builds, entities.Tree, entities.Change), Is.EqualTo((1, tree, FieldChange.None)));
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(before));
    }

    [Test]
    public void Where_charges_alone_changed_the_tree_is_kept_and_the_field_is_theirs([Values(0, 999, 1999)] int which)
    {
        using EntityScene entities = Solved(out Entity[] all);
        long tree = entities.Tree;
        entities.World.Set(all[which], new Charge(17));
        entities.Update();
        Assert.That((entities.Builds, entities.Tree, entities.Change), Is.EqualTo((1, tree, FieldChange.Charges)));
        AsFresh(entities);
    }

    [Test]
    public void Where_a_position_changed_the_tree_is_built_anew([Values(0, 999, 1999)] int which)
    {
        using EntityScene entities = Solved(out Entity[] all);
        long tree = entities.Tree;
        entities.World.Get<Position>(all[which]).Z += 1e-15;
        entities.Update();
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((2, FieldChange.Positions)));
        Assert.That(entities.Tree, Is.GreaterThan(tree));
        AsFresh(entities);
    }

    [TestCase(FieldChange.Positions, 2)]
    [TestCase(FieldChange.Points, 2)]
    [TestCase(FieldChange.Charges, 1)]
    [TestCase(FieldChange.Everything, 2)]
    public void What_a_step_tells_counts_beside_what_is_found(FieldChange told, int builds)
    {
        using EntityScene entities = Solved(out _);
        entities.Update(new FmmStep(told));
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((builds, told)));
        entities.Update();
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((builds, FieldChange.None)), "for one step");
    }

    [Test]
    public void A_step_that_tells_too_little_is_no_harm()
    {
        using EntityScene entities = Solved(out Entity[] all);
        entities.World.Get<Position>(all[5]).X += 1;
        entities.Update(FmmStep.Charges);
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((2, FieldChange.Charges | FieldChange.Positions)));
        AsFresh(entities);
    }

    [Test]
    public void Entities_are_made_and_destroyed_between_updates()
    {
        using EntityScene entities = Solved(out Entity[] all);
        entities.World.Destroy(all.AsSpan(100, 700));
        entities.Update();
        AsFresh(entities);
        entities.Add(Scene.Of("squares", 900));
        entities.Update();
        AsFresh(entities);
        entities.World.Destroy(all[3]);
        entities.World.Create(new Position(3, 3, 3), new Charge(1), new Potential(), new Gradient());
        entities.Update();
        AsFresh(entities);
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((4, FieldChange.Everything)));
    }

    [Test]
    public void All_entities_of_an_archetype_may_go_and_come_back()
    {
        using EntityScene entities = Solved(out Entity[] all);
        QueryDescription stars = new QueryDescription().WithAll<Star>();
        for (int i = 0; i < 2000; i += 2) entities.World.Add<Star>(all[i]);
        entities.Update();
        AsFresh(entities);
        entities.World.Destroy(in stars);
        entities.Update();
        Assert.That(entities.Method.Fields.Potentials.Length, Is.EqualTo(1000));
        AsFresh(entities);
        for (int i = 1; i < 2000; i += 4) entities.World.Add<Star>(all[i]);
        entities.Update();
        AsFresh(entities);
    }

    [Test]
    public void What_a_cancelled_update_has_read_is_not_forgotten([Range(1, 28)] int finished)
    {
        using EntityScene entities = Solved(out Entity[] all);
        entities.World.Get<Position>(all[7]).Y += 0.1;
        using CancellationTokenSource source = new();
        Listener progress = new(told =>
        {
            if (told.Finished == finished) source.Cancel();
        });
        Assert.That(() => entities.Schedule.Update(default, null, source.Token, progress), Throws.InstanceOf<OperationCanceledException>());
        entities.Update();
        AsFresh(entities);
        Assert.That(entities.Method.Verify(2000, Jobs.Serial).PotentialL2, Is.LessThan(1e-3));
    }

    [Test]
    public void Rows_keep_the_field_of_before_where_an_update_is_refused()
    {
        using EntityScene entities = Solved(out Entity[] all);
        (double[], double[]) before = entities.Field(EntityScene.Charged);
        entities.World.Set(all[20], new Charge(double.NaN));
        Assert.That(() => entities.Update(), Throws.ArgumentException);
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(before));
        entities.World.Set(all[20], new Charge(_scene.Charges[20]));
        entities.Update();
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(before));
        Assert.That(entities.Builds, Is.EqualTo(1));
    }

    [Test]
    public void A_host_that_fills_the_input_by_hand_is_overruled_by_its_entities()
    {
        using EntityScene entities = Solved(out _);
        entities.Method.Tree.Input.Set([new Position(1, 1, 1)]);
        entities.Method.Charges.Values.Resize(1);
        entities.Update();
        AsFresh(entities);
        entities.Method.Tree.Input.Sources[0] = new Position(9, 9, 9);
        entities.Update();
        AsFresh(entities);
    }

    [Test]
    public void Changes_that_a_system_plays_back_after_the_field_was_written_count_in_the_next_update()
    {
        using EntityScene entities = new();
        Rebirth system = new(entities.World);
        entities.Schedule.Add(system).After<WriteEntities>();
        system.Dying = entities.Add(_scene);
        for (int step = 1; step < 5; step++)
        {
            Scene points = entities.Points(EntityScene.Charged);
            entities.Update();
            Assert.That(entities.Method.Fields.Potentials.Span.ToArray(), Is.EqualTo(points.Solve(default(Laplace), EntityScene.Options).Potentials));
            Assert.That((entities.Builds, entities.World.CountEntities(EntityScene.Charged)), Is.EqualTo((step, 2000 - (90 * step))));
        }
    }

    [Test]
    public void A_field_is_verified_with_the_entities_that_it_was_made_from_or_not_at_all()
    {
        using EntityScene entities = Solved(out Entity[] all);
        FieldError error = entities.Method.Verify(2000, Jobs.Serial);
        Assert.That(error.PotentialL2, Is.LessThan(1e-3));
        entities.World.Set(all[5], new Potential(1));
        Assert.That(entities.Method.Verify(2000, Jobs.Serial), Is.EqualTo(error), "the field on the entities is the host's");
        Position before = entities.World.Read<Position>(all[5]);
        entities.World.Get<Position>(all[5]).X++;
        Refused();
        entities.World.Set(all[5], before);
        Assert.That(entities.Method.Verify(2000, Jobs.Serial), Is.EqualTo(error));
        entities.World.Get<Charge>(all[1999]).Value++;
        Refused();
        entities.World.Get<Charge>(all[1999]).Value = _scene.Charges[1999];
        entities.World.Destroy(all[0]);
        Refused();

        void Refused() => Assert.That(() => entities.Method.Verify(3, Jobs.Serial), Throws.InvalidOperationException.With.Message.Contains("evaluate first"));
    }

    [Test]
    public void A_step_that_tells_nothing_builds_the_tree_of_arrays_anew()
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), EntityScene.Options);
        for (int seed = 1; seed < 4; seed++)
        {
            Scene scene = Scene.Of("cube", 1000 * seed, seed: seed);
            method.Tree.Input.Set(scene.Sources);
            method.Charges.Values.Resize(scene.Charges.Length);
            scene.Charges.CopyTo(method.Charges.Values.Span);
            method.Schedule.Update(default);
            Assert.That(method.Fields.Potentials.Span.ToArray(), Is.EqualTo(scene.Solve(default(Laplace), EntityScene.Options).Potentials));
        }
    }

    private static EntityScene Solved(out Entity[] all)
    {
        EntityScene entities = new();
        all = entities.Add(_scene);
        entities.Update();
        Assert.That((entities.Builds, entities.Change), Is.EqualTo((1, FieldChange.Everything)));
        return entities;
    }

    private static void AsFresh(EntityScene entities) => Assert.That(
        entities.Field(EntityScene.Charged), Is.EqualTo(entities.Points(EntityScene.Charged).Solve(default(Laplace), EntityScene.Options)));

    /// <summary>A hundred entities die and ten are made, by way of a buffer.</summary>
    private sealed class Rebirth(World world) : BaseSystem<World, FmmStep>(world)
    {
        private readonly CommandBuffer _commands = new();
        private int _step;

        public Entity[] Dying { get; set; } = [];

        public override Access Access { get; } = new Access().Create<Position>().Create<Charge>().Create<Potential>().Create<Gradient>();

        public override void Update(in FmmStep step)
        {
            foreach (Entity entity in Dying.AsSpan(100 * _step++, 100)) _commands.Destroy(entity);
            for (int i = 0; i < 10; i++)
            {
                Entity made = _commands.Create(ComponentType.Of<Position>(), ComponentType.Of<Charge>(), ComponentType.Of<Potential>(), ComponentType.Of<Gradient>());
                _commands.Set(made, new Position(0.1 * i, 0.5, _step));
                _commands.Set(made, new Charge(i));
            }
            _commands.Playback(World);
        }
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A host's entities are the points: positions and charges are read off them, and the field is written to them.</summary>
public sealed class EntityTests
{
    private static readonly FmmOptions _options = EntityScene.Options;

    private struct Star;

    private struct Planet;

    private record struct Force(double X, double Y, double Z);

    private record struct Flow(double X, double Y, double Z);

    [System.Runtime.CompilerServices.InlineArray(9)]
    private struct FlowGradient
    {
        private double _first;
    }

    [Test]
    public void The_field_on_entities_is_the_solvers_bit_for_bit([Values] Precision precision, [Values] bool gradient, [Values("plummer", "cube")] string cloud)
    {
        FmmOptions options = _options with { Precision = precision, Gradient = gradient };
        Scene scene = Scene.Of(cloud, 3000);
        using EntityScene entities = new(options: options);
        entities.Add(scene);
        entities.Update();
        (double[] potentials, double[] gradients) = entities.Field(EntityScene.Charged);
        (double[] Potentials, double[] Gradients) expected = scene.Solve(default(Laplace), options);
        Assert.That(potentials, Is.EqualTo(expected.Potentials));
        Assert.That(gradients, gradient ? Is.EqualTo(expected.Gradients) : Is.All.Zero, "left alone unless it is asked for");
    }

    [Test]
    public void Entities_of_several_archetypes_are_one_cloud_in_the_querys_order()
    {
        Scene scene = Scene.Of("squares", 1500);
        using EntityScene entities = new();
        Entity[] all = entities.Add(scene);
        for (int i = 0; i < all.Length; i++)
        {
            if (i % 3 == 1) entities.World.Add<Star>(all[i]);
            if (i % 3 == 2) entities.World.Add<Planet>(all[i]);
        }
        entities.World.Destroy(entities.World.Create<Position, Charge, InputIndex, Potential>()); // An archetype without rows.
        entities.Update();
        Scene points = entities.Points(EntityScene.Charged);
        (double[] potentials, double[] gradients) = points.Solve(default(Laplace), _options);
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo((potentials, gradients)));
        double[] exact = DirectField.Of(default(Laplace), scene.Sources, scene.Charges, scene.Sources);
        Assert.That(DirectField.Error([.. all.Select(entities.Potential)], exact), Is.LessThan(1e-3), "each entity has its own");
    }

    [Test]
    public void A_query_that_says_only_what_points_have_not_does_not_mean_the_methods_own_rows([Values] bool shared)
    {
        QueryDescription living = new QueryDescription().WithNone<Planet>();
        using EntityScene entities = new(shared ? FmmEntities.Of(living) : FmmEntities.Of(living, living));
        Scene scene = Scene.Of("plummer", 1000);
        Entity[] all = entities.Add(scene);
        for (int step = 0; step < 3; step++)
        {
            if (step == 2) entities.World.Set(all[7], scene.Sources[7] with { X = 0.5 });
            entities.Update();
            Scene points = entities.Points(EntityScene.Charged);
            Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(Whole(points)));
        }

        (double[], double[]) Whole(Scene points) => shared
            ? points.Solve(default(Laplace), _options)
            : new Scene(points.Sources, points.Charges, points.Sources).Solve(default(Laplace), _options);
    }

    [Test]
    public void Sources_and_targets_may_be_two_queries()
    {
        Scene scene = Scene.Of("plummer", "cube", 2000);
        QueryDescription sources = new QueryDescription().WithAll<Position, Charge>(), targets = new QueryDescription().WithAll<Position, Potential>();
        using EntityScene entities = new(FmmEntities.Of(sources, targets));
        for (int i = 0; i < scene.Sources.Length; i++) entities.World.Create(scene.Sources[i], new Charge(scene.Charges[i]));
        foreach (Position at in scene.Targets!) entities.World.Create(at, new Potential(), new Gradient());
        entities.Update();
        Assert.That(entities.Field(targets), Is.EqualTo(scene.Solve(default(Laplace), _options)));
        Assert.That(entities.Method.Verify(100, Jobs.Serial).PotentialL2, Is.LessThan(1e-2));
    }

    [Test]
    public void An_entity_in_both_queries_does_not_act_on_itself()
    {
        using EntityScene entities = new(FmmEntities.Of(EntityScene.Charged, new QueryDescription().WithAll<Potential>()));
        Entity one = entities.World.Create(new Position(1, 2, 3), new Charge(5), new Potential(7));
        entities.Update();
        Assert.That(entities.Potential(one), Is.Zero);
        entities.World.Create(new Position(1, 2, 5), new Charge(4));
        entities.Update();
        Assert.That(entities.Potential(one), Is.EqualTo(4 / (8 * Math.PI)).Within(1e-15));
    }

    [Test]
    public void Of_potential_and_gradient_the_one_that_is_there_is_written()
    {
        using EntityScene entities = new();
        Entity left = entities.World.Create(new Position(0, 0, 0), new Charge(1), new Potential());
        Entity right = entities.World.Create(new Position(2, 0, 0), new Charge(3), new Gradient());
        entities.Update();
        Assert.That(entities.Potential(left), Is.EqualTo(3 / (8 * Math.PI)).Within(1e-15));
        Assert.That(entities.Gradient(right).X, Is.EqualTo(-1 / (16 * Math.PI)).Within(1e-15));
    }

    [Test]
    public void Rows_made_en_bloc_are_points_too()
    {
        Scene scene = Scene.Of("plummer", 1000);
        using EntityScene entities = new();
        Archetype rows = entities.World.Rows(Signature.Of(ComponentType.Of<Position>(), ComponentType.Of<Charge>(), ComponentType.Of<Potential>(), ComponentType.Of<Gradient>()));
        rows.SetCount(1000);
        scene.Sources.CopyTo(rows.Chunk.Write<Position>());
        for (int i = 0; i < 1000; i++) rows.Chunk.Write<Charge>()[i] = new Charge(scene.Charges[i]);
        entities.Update();
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(scene.Solve(default(Laplace), _options)));
    }

    [Test]
    public void A_kernel_of_several_components_reads_and_writes_the_hosts_own_structs([Values] bool gradient)
    {
        FmmOptions options = _options with { Gradient = gradient };
        Scene scene = Scene.Of("plummer", 1200, components: 3);
        using World world = World.Create();
        QueryDescription swimmers = new QueryDescription().WithAll<Position, Force>();
        FmmEntities entities = FmmEntities.Of(swimmers).Charges<Force>().Potentials<Flow>();
        using FmmMethod method = FmmSchedule.Create(world, new Stokes(0.7), options, gradient ? entities.Gradients<FlowGradient>() : entities);
        for (int i = 0; i < 1200; i++)
            world.Create(scene.Sources[i], new Force(scene.Charges[3 * i], scene.Charges[(3 * i) + 1], scene.Charges[(3 * i) + 2]), new Flow(), new FlowGradient());
        method.Schedule.Update(default);
        (double[] potentials, double[] gradients) = scene.Solve(new Stokes(0.7), options);
        double[] flows = [], slopes = [];
        foreach (ref Chunk chunk in world.Query(swimmers))
        {
            flows = System.Runtime.InteropServices.MemoryMarshal.Cast<Flow, double>(chunk.Read<Flow>()).ToArray();
            slopes = System.Runtime.InteropServices.MemoryMarshal.Cast<FlowGradient, double>(chunk.Read<FlowGradient>()).ToArray();
        }
        Assert.That(flows, Is.EqualTo(potentials));
        if (gradient) Assert.That(slopes, Is.EqualTo(gradients));
        else Assert.That(slopes, Is.All.Zero);
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        // More numbers than a piece of the copies holds.
        Scene scene = Scene.Of("plummer", 40_000);
        (double[], double[])? first = null;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using ThreadDispatcher dispatcher = new(threads);
            using EntityScene entities = new(options: _options with { Order = 2, LeafCapacity = 100 }, threads: dispatcher);
            Entity[] all = entities.Add(scene);
            for (int i = 0; i < all.Length; i += 7) entities.World.Add<Star>(all[i]);
            entities.Update();
            first ??= entities.Field(EntityScene.Charged);
            Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(first.Value), $"{threads} threads");
        }
    }

    [Test]
    public void State_in_single_precision_has_the_field_of_what_it_holds([Values] Precision precision)
    {
        Scene scene = Scene.Of("plummer", 1500);
        QueryDescription bodies = new QueryDescription().WithAll<SinglePosition, SingleCharge>().WithAll<SinglePotential, SingleGradient>();
        using World world = World.Create();
        FmmOptions options = _options with { Precision = precision, FollowPoints = false };
        using FmmMethod method = FmmSchedule.Create(
            world, default(Laplace), options, FmmEntities.Of(bodies).Positions<SinglePosition>().Charges<SingleCharge>().Potentials<SinglePotential>().Gradients<SingleGradient>());
        Entity[] all = [.. scene.Sources.Select((at, i) => world.Create(new SinglePosition((float)at.X, (float)at.Y, (float)at.Z), new SingleCharge((float)scene.Charges[i]), new SinglePotential(), new SingleGradient()))];
        for (int step = 0; step < 3; step++)
        {
            method.Schedule.Update(default);
            SinglePosition[] places = [.. all.Select(body => world.Read<SinglePosition>(body))];
            Scene held = new([.. places.Select(at => new Position(at.X, at.Y, at.Z))], [.. scene.Charges.Select(charge => (double)(float)charge)]);
            (double[] potentials, double[] gradients) = held.Solve(default(Laplace), options);
            Assert.That(all.Select(body => world.Read<SinglePotential>(body).Value), Is.EqualTo(potentials.Select(value => (float)value)));
            Assert.That(all.Select(body => world.Read<SingleGradient>(body).Y), Is.EqualTo(gradients.Where((_, i) => i % 3 == 1).Select(value => (float)value)));
            world.Get<SinglePosition>(all[step]).X += 0.5f;
        }
        method.Schedule.Update(default);
        Assert.That(method.Verify(50, Jobs.Serial).PotentialL2, Is.LessThan(1e-3));
        world.Get<SingleCharge>(all[9]).Value += 1;
        Assert.That(() => method.Verify(50, Jobs.Serial), Throws.InvalidOperationException, "the fields are not of these charges");
    }

    [Test]
    public void Methods_in_two_worlds_run_at_once()
    {
        Scene[] scenes = [Scene.Of("plummer", 2500, seed: 3), Scene.Of("cube", 2500, seed: 4)];
        (double[], double[])[] found = new (double[], double[])[2];
        Thread[] threads = [.. scenes.Select((scene, i) => new Thread(() =>
        {
            using EntityScene entities = new();
            entities.Add(scene);
            for (int step = 0; step < 5; step++) entities.Update(FmmStep.Everything);
            found[i] = entities.Field(EntityScene.Charged);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        for (int i = 0; i < 2; i++) Assert.That(found[i], Is.EqualTo(scenes[i].Solve(default(Laplace), _options)));
    }

    [Test]
    public void A_world_without_points_gives_an_update_without_work_and_goes_on_with_the_first_ones([Values] bool shared)
    {
        FmmEntities query = shared ? FmmEntities.Of(EntityScene.Charged) : FmmEntities.Of(EntityScene.Charged, new QueryDescription().WithAll<Potential>());
        using EntityScene entities = new(query);
        entities.Update();
        Scene scene = Scene.Of("cube", 500);
        Entity[] all = entities.Add(scene);
        entities.Update();
        (double[], double[]) field = entities.Field(EntityScene.Charged);
        Assert.That(field, Is.EqualTo(entities.Points(EntityScene.Charged, shared ? null : EntityScene.Charged).Solve(default(Laplace), _options)));
        entities.World.Destroy(all);
        entities.Update();
        Assert.That(entities.World.CountEntities(EntityScene.Charged), Is.Zero);
        entities.Add(scene);
        entities.Update();
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(field));
    }

    [Test]
    public void Without_sources_the_field_is_zero_and_without_targets_nothing_is_written()
    {
        QueryDescription targets = new QueryDescription().WithAll<Potential>();
        using EntityScene entities = new(FmmEntities.Of(EntityScene.Charged, targets));
        foreach (Position at in Scene.Points("plummer", 300, 1)) entities.World.Create(at, new Potential(3), new Gradient(1, 2, 3));
        entities.Update();
        (double[] potentials, double[] gradients) = entities.Field(targets);
        Assert.That(potentials.Concat(gradients), Is.All.Zero);
        Assert.That(entities.Method.Verify(10, Jobs.Serial).PotentialL2, Is.Zero);
        foreach (Position at in Scene.Points("cube", 300, 2)) entities.World.Create(at, new Charge(1));
        entities.Update();
        Assert.That(entities.Field(targets).Potentials, Is.All.GreaterThan(0));
        entities.World.Destroy(in targets);
        Assert.That(() => entities.Update(), Throws.Nothing);
        Assert.That(entities.Column<Charge>(EntityScene.Charged), Is.All.EqualTo(new Charge(1)));
    }

    private record struct SinglePosition(float X, float Y, float Z);

    private record struct SingleCharge(float Value);

    private record struct SinglePotential(float Value);

    private record struct SingleGradient(float X, float Y, float Z);
}

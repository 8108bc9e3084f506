using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What is refused of entities, and how it is said.</summary>
public sealed class EntityInputTests
{
    private static readonly QueryDescription _positioned = new QueryDescription().WithAll<Position>();

    private record struct Pair(double A, double B);

    private record struct Mixed(float A, int B);

    private record struct Six(double A, double B, double C, Position D);

    [Test]
    public void A_position_that_is_no_number_is_refused_by_its_entity([Values(double.NaN, double.PositiveInfinity)] double bad, [Values(0, 60, 99)] int which, [Values] bool shared)
    {
        using EntityScene entities = new(shared ? FmmEntities.Of(EntityScene.Charged) : FmmEntities.Of(EntityScene.Charged, EntityScene.Charged));
        Entity[] all = entities.Add(Scene.Of("cube", 100));
        foreach (Entity other in all.Take(50)) entities.World.Add<InputIndex>(other); // Two archetypes.
        entities.World.Get<Position>(all[which]).Y = bad;
        int row = which % 50;
        Assert.That(() => entities.Update(), Refused($"({all[which]}, row {row} of {entities.World.GetArchetype(all[which]).Signature}) is ({entities.World.Read<Position>(all[which]).X}, {bad}, "));
    }

    [Test]
    public void A_charge_that_is_no_number_is_refused_by_its_entity()
    {
        using EntityScene entities = new();
        Entity[] all = entities.Add(Scene.Of("cube", 100));
        entities.World.Set(all[42], new Charge(double.NegativeInfinity));
        Assert.That(() => entities.Update(), Refused($"Charge 42 ({all[42]}, row 42 of {{Charge, Gradient, Position, Potential}}) is -Infinity"));
    }

    [Test]
    public void A_field_that_is_no_number_is_refused_by_its_entity()
    {
        using EntityScene entities = new();
        Entity[] all = entities.Add(new Scene([new(0, 0, 0), new(1e-300, 0, 0), new(1, 1, 1)], [1, 1e300, 1]));
        Assert.That(() => entities.Update(), Throws.InstanceOf<FieldRangeException>().With.Message.Contains($"target 0 ({all[0]}, row 0 of"));
    }

    [Test]
    public void Rows_without_a_charge_are_refused_where_the_query_means_them_as_sources()
    {
        using EntityScene entities = new(FmmEntities.Of(_positioned));
        entities.World.Create<Position, Potential>();
        Assert.That(() => entities.Update(), Throws.InvalidOperationException.With.Message.Contains("{Position, Potential} are sources by their query, but have no Charge"));
    }

    [Test]
    public void Rows_without_a_position_are_refused_where_the_query_means_them([Values] bool source)
    {
        QueryDescription charged = new QueryDescription().WithAll<Charge>(), reached = new QueryDescription().WithAll<Potential>();
        using EntityScene entities = new(FmmEntities.Of(charged, reached));
        if (source) entities.World.Create<Charge>();
        else entities.World.Create<Potential>();
        Assert.That(() => entities.Update(), Throws.InvalidOperationException.With.Message.Contains($"are {(source ? "sources" : "targets")} by their query, but have no Position"));
    }

    [TestCase(true, "neither Potential nor Gradient")]
    [TestCase(false, "no Potential")]
    public void Rows_with_no_place_for_the_field_are_refused_where_they_are_targets(bool gradient, string message)
    {
        using EntityScene entities = new(options: EntityScene.Options with { Gradient = gradient });
        Entity one = entities.World.Create(new Position(), new Charge(1));
        Assert.That(() => entities.Update(), Throws.InvalidOperationException.With.Message.Contains(message).And.Message.Contains("FmmEntities.Of(sources, targets)"));
        entities.World.Add<Potential>(one);
        Assert.That(() => entities.Update(), Throws.Nothing, "the remedy");
    }

    [Test]
    public void A_struct_of_another_size_is_refused_when_the_method_is_made()
    {
        FmmEntities entities = FmmEntities.Of(EntityScene.Charged);
        Refuses(new Stokes(1), entities, "takes 3 doubles a source, but Charge has 1 double: name a struct of 3 doubles with FmmEntities.Charges<T>()");
        Refuses(new Stokes(1), entities.Charges<Position>(), "gives 3 doubles a target, but Potential has 1 double: name a struct of 3 doubles with FmmEntities.Potentials<T>()");
        Refuses(new Stokes(1), entities.Charges<Position>().Potentials<Gradient>(), "is 9 doubles a target, but Gradient has 3 doubles: name a struct of 9 doubles with FmmEntities.Gradients<T>()");
        Refuses(default(Laplace), entities.Charges<Pair>(), "takes 1 double a source, but Pair has 2 doubles");
        Refuses(default(Laplace), entities.Gradients<Six>(), "but Six has 6 doubles");
    }

    [Test]
    public void A_struct_of_the_right_size_that_holds_no_doubles_is_refused() =>
        Refuses(default(Laplace), FmmEntities.Of(EntityScene.Charged).Charges<Mixed>(), "Mixed has 8 bytes that are not doubles alone, nor floats");

    [Test]
    public void A_component_that_the_field_would_overwrite_is_refused()
    {
        FmmEntities entities = FmmEntities.Of(EntityScene.Charged);
        Refuses(default(Laplace), entities.Potentials<Charge>(), "Charge would be overwritten with the field");
        Refuses(default(Laplace), entities.Gradients<Position>(), "Position would be overwritten with the field");
    }

    [Test]
    public void A_component_for_gradients_asks_for_the_option() =>
        Refuses(default(Laplace), FmmEntities.Of(EntityScene.Charged).Gradients<Position>(), "Gradient is False: set it to have Position written", gradient: false);

    [Test]
    public void A_refused_method_leaves_the_world_to_another()
    {
        using World world = World.Create();
        Assert.That(() => FmmSchedule.Create(world, new Stokes(1), EntityScene.Options, FmmEntities.Of(EntityScene.Charged)), Throws.ArgumentException);
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), EntityScene.Options, FmmEntities.Of(EntityScene.Charged));
        Assert.That(() => method.Schedule.Update(default), Throws.Nothing);
    }

    [Test]
    public void A_system_that_moves_entities_without_an_order_is_refused_by_the_schedule()
    {
        using EntityScene entities = new();
        entities.Schedule.Add(new Touching(entities.World, new Access().Write<Position>()));
        Assert.That(() => entities.Update(), Throws.InstanceOf<ScheduleException>().With.Message.Contains("Position").And.Message.Contains("ReadEntities"));
    }

    [Test]
    public void A_system_may_move_entities_for_the_next_update_while_the_field_is_computed()
    {
        using EntityScene entities = new();
        Entity[] all = entities.Add(Scene.Of("plummer", 500));
        Touching moving = new(entities.World, new Access().Write<Position>()) { Work = world => world.Get<Position>(all[0]).X += 0.25 };
        entities.Schedule.Add(moving).After<ReadEntities>();
        for (int step = 0; step < 3; step++)
        {
            Scene points = entities.Points(EntityScene.Charged);
            entities.Update();
            Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(points.Solve(default(Laplace), EntityScene.Options)));
        }
    }

    [Test]
    public void A_system_that_destroys_targets_between_reading_and_writing_is_told_so()
    {
        using EntityScene entities = new();
        Entity[] all = entities.Add(Scene.Of("plummer", 500));
        Access access = new Access().Create<Position>().Create<Charge>().Create<Potential>().Create<Gradient>();
        Touching destroying = new(entities.World, access) { Work = world => { world.Destroy(all[3]); world.Create<Position, Charge, Potential, Gradient>(); } };
        entities.Schedule.Add(destroying).After<ReadEntities>().Before<WriteEntities>();
        Assert.That(() => entities.Update(), Throws.InvalidOperationException.With.Message.Contains("between ReadEntities and WriteEntities"));
        Assert.That(entities.Column<Potential>(EntityScene.Charged), Is.All.EqualTo(default(Potential)));
        destroying.Work = null;
        entities.Update();
        Assert.That(entities.Field(EntityScene.Charged), Is.EqualTo(entities.Points(EntityScene.Charged).Solve(default(Laplace), EntityScene.Options)));
    }

    [Test]
    public void Parts_without_entities_have_no_systems_for_them()
    {
        using World world = World.Create();
        FmmParts parts = FmmParts.Create(world, default(Laplace), EntityScene.Options);
        Assert.That(() => parts.ReadEntities(), Throws.InvalidOperationException.With.Message.Contains("give FmmParts.Create the FmmEntities"));
        Assert.That(() => parts.WriteEntities(), Throws.InvalidOperationException.With.Message.Contains("give FmmParts.Create the FmmEntities"));
    }

    private static void Refuses<TKernel>(TKernel kernel, FmmEntities entities, string message, bool gradient = true)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using World world = World.Create();
        Assert.That(() => FmmSchedule.Create(world, kernel, EntityScene.Options with { Gradient = gradient }, entities), Refused(message));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string message) => Throws.InstanceOf<ArgumentException>().With.Message.Contains(message);

    private sealed class Touching(World world, Access access) : BaseSystem<World, FmmStep>(world)
    {
        public Action<World>? Work { get; set; }

        public override Access Access { get; } = access;

        public override void Update(in FmmStep step) => Work?.Invoke(World);
    }
}

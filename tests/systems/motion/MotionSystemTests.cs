using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>What all integrators promise: the same bits on any number of threads, no memory, any precision of the state, steps chosen.</summary>
[NonParallelizable]
public sealed class MotionSystemTests
{
    private const int Bodies = 10_000;
    private static readonly QueryDescription _all = new QueryDescription().WithAll<Mass>();
    private static readonly string[] _integrators = ["leapfrog", "langevin", "boris", "adaptive"];

    [TestCaseSource(nameof(_integrators))]
    public void Any_number_of_threads_gives_the_same_bits(string integrator)
    {
        double[] one = Of(1), three = Of(3);
        Assert.That(three, Is.EqualTo(one));

        double[] Of(int threads)
        {
            using Springs springs = Make(integrator, threads);
            springs.Run(3);
            return springs.State();
        }
    }

    [TestCaseSource(nameof(_integrators))]
    public void A_warm_step_allocates_nothing(string integrator)
    {
        using Springs springs = Make(integrator, threads: 2);
        springs.Run(30);
        Assert.That(Allocations.OfWarm(springs.Step), Is.Zero);
    }

    [Test]
    public void A_step_of_length_zero_changes_nothing([ValueSource(nameof(_integrators))] string integrator)
    {
        using Springs springs = Make(integrator, threads: 0);
        double[] before = springs.State();
        springs.Clock.SetLength(0);
        springs.Step();
        Assert.That(springs.State(), Is.EqualTo(before));
    }

    [Test]
    public void Floats_and_doubles_of_the_hosts_own_are_moved_alike([Values] bool singlePlace, [Values] bool singleSpeed, [Values] bool singleSlope)
    {
        MovingBodies bodies = MovingBodies.Of(_all).Charges<FloatOne>().Masses<Mass>();
        if (singlePlace) bodies = bodies.Positions<FloatPlace>();
        if (singleSpeed) bodies = bodies.Velocities<FloatSpeed>();
        if (singleSlope) bodies = bodies.Gradients<FloatSlope>();
        using World world = World.Create();
        world.SetResource(new SimulationClock(0.5));
        Entity body = world.Create(Signature.Of(
            ComponentType.Of<Mass>(), ComponentType.Of<FloatOne>(), ComponentType.Of<Position>(), ComponentType.Of<Velocity>(), ComponentType.Of<Gradient>(),
            ComponentType.Of<FloatPlace>(), ComponentType.Of<FloatSpeed>(), ComponentType.Of<FloatSlope>()));
        world.Set(body, new Mass(4));
        world.Set(body, new FloatOne(3));
        (world.Get<Position>(body), world.Get<FloatPlace>(body)) = (new(1, 2, 3), new(1, 2, 3));
        (world.Get<Velocity>(body), world.Get<FloatSpeed>(body)) = (new(4, 5, 6), new(4, 5, 6));
        (world.Get<Gradient>(body), world.Get<FloatSlope>(body)) = (new(8, 16, 24), new(8, 16, 24));
        using Schedule<FmmStep> schedule = new("one");
        schedule.Add(Leapfrog.Opening(world, bodies, 2));
        schedule.Update(default);

        // The acceleration is 2 * 3 / 4 of the gradient, a quarter of it is the kick, and half of the new velocity the drift.
        Velocity v = new(7, 11, 15);
        Position at = new(4.5, 7.5, 10.5);
        Assert.That(singleSpeed ? world.Read<FloatSpeed>(body) : (object)world.Read<Velocity>(body), Is.EqualTo(singleSpeed ? new FloatSpeed(7, 11, 15) : v));
        Assert.That(singlePlace ? world.Read<FloatPlace>(body) : (object)world.Read<Position>(body), Is.EqualTo(singlePlace ? new FloatPlace(4.5f, 7.5f, 10.5f) : at));
        if (singlePlace) Assert.That(world.Read<Position>(body), Is.EqualTo(new Position(1, 2, 3)), "what is not named is not touched");
    }

    [Test]
    public void A_component_that_is_no_vector_is_refused()
    {
        MovingBodies bodies = MovingBodies.Of(_all);
        Assert.That(() => bodies.Positions<Mass>(), Throws.ArgumentException.With.Message.Contains("3 doubles or 3 floats"));
        Assert.That(() => bodies.Velocities<Entity>(), Throws.ArgumentException);
        Assert.That(() => bodies.Masses<Velocity>(), Throws.ArgumentException.With.Message.Contains("one double or float"));
    }

    [Test]
    public void Without_a_clock_the_message_says_what_is_missing()
    {
        using World world = World.Create();
        using Schedule<FmmStep> schedule = new("none");
        schedule.Add(Leapfrog.Opening(world, MovingBodies.Of(_all), 1));
        Assert.That(() => schedule.Update(default), Throws.InvalidOperationException.With.Message.Contains(nameof(SimulationClock)));
    }

    [Test]
    public void Two_integrators_in_one_schedule_have_names_of_their_own()
    {
        using World world = World.Create();
        using Schedule<FmmStep> schedule = new("two");
        MovingBodies light = MovingBodies.Of(_all) with { Name = "light" };
        schedule.Chain(Leapfrog.Opening(world, MovingBodies.Of(_all), 1), Leapfrog.Opening(world, light, 1));
        Assert.That(schedule.Explain(), Does.Contain("LeapfrogDrift light"));
    }

    [Test]
    public void A_chosen_step_is_short_where_a_body_falls_fast()
    {
        // An orbit as narrow as 0.99 under 1 / r^2: its period is 2 pi 0.5025^(3/2), and it comes as near as 0.005.
        StepRule rule = new(0.05, 0.05, 1e-7, 0.02);
        using Springs chosen = Make(0.02, rule), equal = Make(2e-3, null);
        List<double> lengths = [];
        while (chosen.Clock.Time < 2.3)
        {
            chosen.Run(1);
            lengths.Add(chosen.Clock.Length);
        }
        equal.Run((int)(2.3 / 2e-3));
        Assert.That(lengths.Count, Is.LessThan(equal.Clock.Steps), "fewer steps");
        Assert.That(lengths.Max() / lengths.Min(), Is.GreaterThan(10));
        Assert.That(lengths.Max(), Is.LessThanOrEqualTo(0.02));
        Assert.That(Math.Abs(Energy(chosen) + 0.995), Is.LessThan(Math.Abs(Energy(equal) + 0.995) / 10), "and a better energy");

        static Springs Make(double length, StepRule? rule)
        {
            Springs springs = new(length, (world, bodies) => (Leapfrog.Opening(world, bodies, 1), Leapfrog.Closing(world, bodies, 1)), Kepler, rule: rule);
            springs.Add(new Position(1, 0, 0), new Velocity(0, 0.1, 0));
            return springs;
        }

        static double Energy(Springs springs)
        {
            double[] s = springs.State();
            return (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]) / 2 - 1 / Math.Sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
        }
    }

    [TestCase(0, 1, 1, 1)]
    [TestCase(1, 0, 1, 1)]
    [TestCase(1, 1, 0, 1)]
    [TestCase(1, 1, 2, 1)]
    [TestCase(1, 1, 1, double.PositiveInfinity)]
    public void A_rule_that_leads_nowhere_is_refused(double accuracy, double length, double shortest, double longest) =>
        Assert.That(() => new StepRule(accuracy, length, shortest, longest), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static Gradient Kepler(Position p)
    {
        double cube = -Math.Pow(p.X * p.X + p.Y * p.Y + p.Z * p.Z, -1.5);
        return new(cube * p.X, cube * p.Y, cube * p.Z);
    }

    private static Springs Make(string integrator, int threads)
    {
        Springs springs = new(
            0.01,
            (world, bodies) => integrator switch
            {
                "boris" => (BorisPusher.Opening(world, bodies, 1, new MagneticField(1, 2, 3)), BorisPusher.Closing(world, bodies, 1, new MagneticField(1, 2, 3))),
                "langevin" => (LangevinVerlet.Opening(world, bodies, 1, new Thermostat(1, 1, 1)), LangevinVerlet.Closing(world, bodies, 1)),
                _ => (Leapfrog.Opening(world, bodies, 1), Leapfrog.Closing(world, bodies, 1)),
            },
            p => new(-p.X, -2 * p.Y, -3 * p.Z),
            threads,
            integrator == "adaptive" ? new StepRule(0.1, 0.01, 1e-6, 1) : null);
        Random random = new(1);
        for (int i = 0; i < Bodies; i++) springs.Add(new(random.NextDouble(), random.NextDouble(), random.NextDouble()), new(random.NextDouble(), 0, 0));
        return springs;
    }

    private record struct FloatPlace(float X, float Y, float Z);

    private record struct FloatSpeed(float X, float Y, float Z);

    private record struct FloatSlope(float X, float Y, float Z);

    private record struct FloatOne(float Value);
}

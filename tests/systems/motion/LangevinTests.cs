using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>The thermostat brings bodies to its temperature, with random numbers that follow from seed, step and entity.</summary>
public sealed class LangevinTests
{
    private const double Temperature = 0.7;

    [Test]
    public void Philox_gives_the_numbers_of_its_paper()
    {
        // The known answers of Random123's kat_vectors, philox4x32 of 10 rounds.
        Assert.That(RandomKick.Philox(0, 0, 0, 0, 0), Is.EqualTo((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)));
        Assert.That(RandomKick.Philox(0x299f31d0a4093822, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), Is.EqualTo((0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)));
    }

    [TestCase(0.2)]
    [TestCase(3)]
    public void Bodies_in_springs_come_to_the_baths_temperature(double friction)
    {
        // BAOAB has the places of a harmonic oscillator exactly right at any step, and velocities to order 2: 1 - (w h)^2 / 4.
        using Springs springs = Bath(new Thermostat(Temperature, friction, 5), 0.2);
        for (int i = 0; i < 3000; i++) springs.Add(new Position(), new Velocity());
        springs.Run((int)(12 / Math.Min(1, friction) / 0.2));
        double places = 0, speeds = 0;
        int samples = 20;
        for (int i = 0; i < samples; i++)
        {
            springs.Run(15);
            double[] state = springs.State();
            places += state.Take(9000).Sum(x => x * x) / 9000;
            speeds += state.Skip(9000).Sum(v => v * v) / 9000;
        }
        // 9000 squares, of which perhaps 10 samples are independent: their mean is right to sqrt(2 / 90000) = 0.5 %.
        Assert.That(places / samples, Is.EqualTo(Temperature).Within(1.5).Percent);
        Assert.That(speeds / samples, Is.EqualTo(Temperature * (1 - 0.2 * 0.2 / 4)).Within(1.5).Percent);
    }

    [Test]
    public void A_heavy_body_is_kicked_less()
    {
        using World world = World.Create();
        world.SetResource(new SimulationClock(1e3));
        for (int i = 0; i < 2000; i++) Make(4);
        for (int i = 0; i < 2000; i++) Make(0.25);
        QueryDescription all = new QueryDescription().WithAll<Position, Velocity>();
        using Schedule<FmmStep> schedule = new("bath");
        schedule.Add(LangevinVerlet.Opening(world, MovingBodies.Of(all).Masses<Mass>(), 0, new Thermostat(Temperature, 1, 3)));
        schedule.Update(default);
        double heavy = 0, light = 0;
        world.Query(new QueryDescription().WithAll<Mass, Velocity>(), (ref Mass mass, ref Velocity v) =>
        {
            double energy = mass.Value * (v.X * v.X + v.Y * v.Y + v.Z * v.Z) / 6000;
            if (mass.Value > 1) heavy += energy;
            else light += energy;
        });
        Assert.That((heavy, light), Is.EqualTo((Temperature, Temperature)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.05 && Math.Abs(a.Item2 - b.Item2) < 0.05));

        void Make(double mass) => world.Create(new Position(), new Velocity(), new Gradient(), new Mass(mass));
    }

    [Test]
    public void A_run_that_goes_on_from_a_saved_state_has_the_same_bits()
    {
        using Springs whole = Bath(new Thermostat(1, 2, 9), 0.1);
        for (int i = 0; i < 50; i++) whole.Add(new Position(i, 0, 0), new Velocity());
        whole.Run(7);
        using Snapshot saved = Snapshot.Of(whole.World);
        ClockState clock = whole.Clock.Save();
        whole.Run(6);
        double[] end = whole.State();
        saved.Restore();
        whole.Clock.Restore(clock);
        whole.Run(6);
        Assert.That(whole.State(), Is.EqualTo(end));
    }

    [Test]
    public void Another_seed_is_another_run_and_rows_before_a_body_are_nothing_to_it()
    {
        double[] one = Of(1, others: 0), other = Of(2, others: 0), behind = Of(1, others: 3);
        Assert.That(other, Is.Not.EqualTo(one));
        Assert.That(behind, Is.EqualTo(one));

        static double[] Of(long seed, int others)
        {
            using Springs springs = Bath(new Thermostat(1, 2, seed), 0.1);
            Entity body = springs.Add(new Position(1, 2, 3), new Velocity());
            Entity[] more = [.. Enumerable.Range(0, others).Select(_ => springs.Add(new Position(), new Velocity()))];
            if (others > 0)
            {
                // The row that stays goes to the end of another archetype and back: it is the last one then.
                springs.World.Add<Mass>(body);
                springs.World.Remove<Mass>(body);
            }
            springs.Run(5);
            Velocity v = springs.World.Read<Velocity>(body);
            return [v.X, v.Y, v.Z];
        }
    }

    [TestCase(-1, 1)]
    [TestCase(1, -1)]
    [TestCase(double.NaN, 1)]
    public void A_bath_that_cannot_be_is_refused(double temperature, double friction) =>
        Assert.That(() => new Thermostat(temperature, friction, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static Springs Bath(Thermostat bath, double length) =>
        new(length, (world, bodies) => (LangevinVerlet.Opening(world, bodies, 1, bath), LangevinVerlet.Closing(world, bodies, 1)), p => new(-p.X, -p.Y, -p.Z), threads: 2);
}

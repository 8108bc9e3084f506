using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>Half the step leaves a quarter of the error: every integrator here is of order 2.</summary>
public sealed class IntegratorOrderTests
{
    private const double Time = 2;
    private static readonly int[] _steps = [64, 128, 256];
    private static readonly Position _start = new(1, 0.2, -0.3);
    private static readonly Velocity _speed = new(0.1, 0.9, 0.2);

    private static Gradient Kepler(Position p)
    {
        double r = Math.Sqrt(p.X * p.X + p.Y * p.Y + p.Z * p.Z), cube = -1 / (r * r * r);
        return new(cube * p.X, cube * p.Y, cube * p.Z);
    }

    [Test]
    public void The_leapfrog_is_of_order_two() => OfOrderTwo((world, bodies) => (Leapfrog.Opening(world, bodies, 1), Leapfrog.Closing(world, bodies, 1)));

    [Test]
    public void Velocity_Verlet_is_of_order_two_where_there_is_no_friction() => OfOrderTwo((world, bodies) =>
        (LangevinVerlet.Opening(world, bodies, 1, new Thermostat(1, 0, 1)), LangevinVerlet.Closing(world, bodies, 1)));

    [Test]
    public void The_Boris_pusher_is_of_order_two_in_a_uniform_field() => OfOrderTwo(Boris(new MagneticField(0.3, -0.5, 2)));

    [Test]
    public void The_Boris_pusher_is_of_order_two_in_a_field_of_place_and_time() => OfOrderTwo(Boris(new Mirror()));

    [Test]
    public void Steps_back_lead_to_the_start([Values] bool magnetic)
    {
        using Springs springs = new(0.05, magnetic ? Boris(new Mirror()) : (world, bodies) => (Leapfrog.Opening(world, bodies, 1), Leapfrog.Closing(world, bodies, 1)), Kepler);
        springs.Add(_start, _speed);
        double[] start = springs.State();
        springs.Run(40);
        Assert.That(Distance(springs.State(), start), Is.GreaterThan(0.5));
        springs.Clock.SetLength(-0.05);
        springs.Run(40);
        Assert.That(Distance(springs.State(), start), Is.LessThan(1e-12));
    }

    [Test]
    public void A_gyration_keeps_its_energy_to_rounding([Values(0.01, 0.5, 20)] double length)
    {
        using Springs springs = new(length, Boris(new MagneticField(0, 3, 4)), _ => default);
        springs.Add(_start, _speed);
        springs.Run(2000);
        double[] end = springs.State();
        double before = Square(_speed.X, _speed.Y, _speed.Z), after = Square(end[3], end[4], end[5]);
        Assert.That((after / before) - 1, Is.Zero.Within(1e-12));
        static double Square(double x, double y, double z) => x * x + y * y + z * z;
    }

    [Test]
    public void Crossed_fields_drift_exactly_across([Values(0.1, 0.7)] double length)
    {
        // E along x and B along z: the drift E x B / B^2 is along -y.
        using Springs springs = new(length, Boris(new MagneticField(0, 0, 2)), _ => new Gradient(0.6, 0, 0));
        springs.Add(new Position(), new Velocity(0, -0.3, 0));
        springs.Run(1000);
        double[] end = springs.State();
        // The velocity at the start is the drift's but for a small gyration, which the place goes round with and is not carried away by.
        Assert.That(end[1], Is.EqualTo(-0.3 * 1000 * length).Within(0.1 * length));
    }

    private static Func<World, MovingBodies, (MotionSystem Opening, MotionSystem Closing)> Boris<TField>(TField field)
        where TField : struct, IMagneticField =>
        (world, bodies) => (BorisPusher.Opening(world, bodies, 1, field), BorisPusher.Closing(world, bodies, 1, field));

    private static void OfOrderTwo(Func<World, MovingBodies, (MotionSystem Opening, MotionSystem Closing)> integrator)
    {
        double[] exact = At(8192);
        double[] errors = [.. _steps.Select(steps => Distance(At(steps), exact))];
        Assert.That(errors[0], Is.GreaterThan(1e-6), "there is an error to halve");
        for (int i = 1; i < errors.Length; i++) Assert.That(errors[i - 1] / errors[i], Is.InRange(3.8, 4.2), string.Join(", ", errors));

        double[] At(int steps)
        {
            using Springs springs = new(Time / steps, integrator, Kepler);
            springs.Add(_start, _speed);
            springs.Run(steps);
            return springs.State();
        }
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    /// <summary>A magnetic mirror that swings in time.</summary>
    private readonly struct Mirror : IMagneticField
    {
        public MagneticField At(in Position place, double time) =>
            new(-place.X * place.Z, -place.Y * place.Z, 1 + place.Z * place.Z + 0.3 * Math.Sin(time));
    }
}

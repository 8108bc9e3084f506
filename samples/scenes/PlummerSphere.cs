using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A star cluster in equilibrium, by Plummer (1911): density 3 / (4 pi) (1 + r^2)^(-5/2) with G = 1, mass 1 and core radius 1, and the speeds that go with it
/// (Aarseth, Henon and Wielen 1974, Astron. Astrophys. 37, 183). It stays as it is: twice the kinetic energy over minus the virial of the forces is 1, and the energy, -3 pi / 64, is kept.
/// Bodies are softened (<see cref="SoftenedGravity"/>), so that close pairs need no short steps.
/// </summary>
public sealed class PlummerSphere : MovingScene
{
    // The central period is 2 pi. The distance of neighbours in the core is about 1.6 n^(-1/3).
    private const double Step = 0.05;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "plummer";

    /// <inheritdoc/>
    public override string Description => "a star cluster that stays in equilibrium: virial ratio and energy (10000 bodies)";

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 10_000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        double softening = Math.Cbrt(1.0 / count);
        SoftenedGravity gravity = new(softening);
        request.Guard?.Check($"{Name} with {count} bodies", MemoryEstimate.Of(gravity, options, count), 300.0 * count, count);
        World world = World.Create();
        Fill(world, count, request.Seed);
        SimulationClock clock = new(Step);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, gravity, options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Leapfrog.Add(schedule, world, MovingBodies.Of(_bodies), factor: -1);
        Invariant energy = new("energy_drift", () => Sums(world).Energy, IsDrift: true), virial = new("virial_ratio", () => Ratio(Sums(world)));
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("bodies", count), ("softening", softening)],
            Invariants = [energy, virial],
            Checks = _ => count < 2 ? [] :
            [
                new("energy's drift", energy.Now(), 0, 5e-4, "the leapfrog's order 2"),
                // The ratio of n bodies that were drawn scatters by about 1 / sqrt(n), and swings about equilibrium.
                new("virial ratio", virial.Now(), 1, 3 / Math.Sqrt(count) + softening * softening, "the virial theorem"),
            ],
        };
    }

    private static BodySums Sums(World world) => BodySums.Of<Mass>(world, in _bodies, factor: -1);

    private static double Ratio(in BodySums sums) => -2 * sums.Kinetic / sums.Virial;

    private static void Fill(World world, int count, long seed)
    {
        Xoshiro256 random = new(seed);
        (Position At, Velocity V)[] drawn = new (Position, Velocity)[count];
        for (int i = 0; i < count; i++) drawn[i] = Draw(ref random);
        // The whole of them rests.
        double x = drawn.Average(one => one.V.X), y = drawn.Average(one => one.V.Y), z = drawn.Average(one => one.V.Z);
        foreach ((Position at, Velocity v) in drawn)
        {
            Entity body = world.Create(_bodies.All);
            world.Set(body, at);
            world.Set(body, new Velocity(v.X - x, v.Y - y, v.Z - z));
            world.Set(body, new Mass(1.0 / count));
        }
    }

    private static (Position At, Velocity V) Draw(ref Xoshiro256 random)
    {
        Position at = default(Plummer).Draw(ref random), direction = default(UnitSphere).Draw(ref random);
        // The speed over that of escape, q, is drawn with the weight q^2 (1 - q^2)^(7/2), which is below 0.1.
        double q, weight;
        do
        {
            q = random.Unit();
            weight = q * q * Math.Pow(1 - q * q, 3.5);
        }
        while (random.Between(0, 0.1) >= weight);
        double speed = q * Math.Sqrt(2) * Math.Pow(1 + at.X * at.X + at.Y * at.Y + at.Z * at.Z, -0.25);
        return (at, new Velocity(speed * direction.X, speed * direction.Y, speed * direction.Z));
    }
}

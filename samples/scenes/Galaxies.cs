using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Two clusters of equal masses fall into each other under gravity, with G = 1 and a total mass of 1. Bodies are softened (<see cref="SoftenedGravity"/>: balls, no points), so that
/// those which meet need no short steps: energy and momentum are kept through the collision. It shows how a program embeds the engine: bodies are
/// entities of its own world, and the points of the method; the leapfrog is a system in one schedule with the eight operators.
/// </summary>
public sealed class Galaxies : MovingScene
{
    private const double Step = 0.005;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    public override string Name => "galaxies";

    public override string Description => "two clusters in collision (20000 bodies)";

    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 20_000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        // A third of the distance of neighbours in a cluster at the start.
        double softening = 0.5 / Math.Cbrt(count);
        SoftenedGravity gravity = new(softening);
        request.Guard?.Check($"galaxies with {count} bodies", MemoryEstimate.Of(gravity, options, count), 300.0 * count, count);
        World world = World.Create();
        foreach ((Position at, Position v) in CollidingClusters.Draw(count, request.Seed))
        {
            Entity body = world.Create(_bodies.All);
            world.Set(body, at);
            world.Set(body, new Velocity(v.X, v.Y, v.Z));
            world.Set(body, new Mass(1.0 / count));
        }

        SimulationClock clock = new(Step);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, gravity, options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Leapfrog.Add(schedule, world, MovingBodies.Of(_bodies), factor: -1);
        Invariant energy = new("energy_drift", () => Sums(world).Energy, IsDrift: true), momentum = new("momentum_drift", Momentum(world));
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("bodies", count), ("steps", request.Steps ?? DefaultSteps), ("softening", softening)],
            Invariants = [energy, momentum],
            Checks = one =>
            [
                new("energy's drift", energy.Now(), 0, 1e-3, "the leapfrog's order 2"),
                new("momentum's drift", momentum.Now(), 0, Math.Pow(10, -0.8 * one.Method.ExpansionSizes.Order), "actio = reactio, to the method's order"),
            ],
        };
    }

    private static Func<double> Momentum(World world)
    {
        BodySums? start = null;
        return () =>
        {
            BodySums now = Sums(world);
            start ??= now;
            return now.MomentumSince(start.Value);
        };
    }

    private static BodySums Sums(World world) => BodySums.Of<Mass>(world, in _bodies, factor: -1);
}

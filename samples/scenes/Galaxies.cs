using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Two clusters of equal masses fall into each other under gravity. It shows how a program embeds the engine (bodies are
/// entities of its own world, and the points of the method) and how it adds a system (the leapfrog, in one schedule with the eight operators).
/// </summary>
public sealed class Galaxies : MovingScene
{
    // Gravity with G = 1 and a total mass of 1: the acceleration is the gradient of sum m / r, the kernel's 4 pi times.
    private const double FourPi = 4 * Math.PI;
    private const double Step = 0.005;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    public override string Name => "galaxies";

    public override string Description => "two clusters in collision (20000 bodies)";

    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 20_000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"galaxies with {count} bodies", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
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
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Leapfrog.Add(schedule, world, MovingBodies.Of(_bodies), FourPi);
        return new Simulation
        {
            Name = Name,
            World = world,
            Schedule = schedule,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("bodies", count), ("steps", request.Steps ?? DefaultSteps)],
            Invariants = [new("energy_drift", () => Measure(world).Energy, IsDrift: true), new("momentum_drift", Momentum(world))],
        };
    }

    private static Func<double> Momentum(World world)
    {
        (double X, double Y, double Z)? start = null;
        return () =>
        {
            (_, var now, double scale) = Measure(world);
            start ??= now;
            (double x, double y, double z) = (now.X - start.Value.X, now.Y - start.Value.Y, now.Z - start.Value.Z);
            return Math.Sqrt(x * x + y * y + z * z) / scale;
        };
    }

    /// <summary>The total energy, the total momentum, and the sum of the bodies' momenta without their directions.</summary>
    private static (double Energy, (double X, double Y, double Z) Momentum, double Scale) Measure(World world)
    {
        double energy = 0, x = 0, y = 0, z = 0, scale = 0;
        world.Query(_bodies, (ref Mass mass, ref Velocity v, ref Potential potential) =>
        {
            double m = mass.Value, square = v.X * v.X + v.Y * v.Y + v.Z * v.Z;
            energy += m / 2 * (square - FourPi * potential.Value);
            (x, y, z, scale) = (x + m * v.X, y + m * v.Y, z + m * v.Z, scale + m * Math.Sqrt(square));
        });
        return (energy, (x, y, z), scale);
    }
}

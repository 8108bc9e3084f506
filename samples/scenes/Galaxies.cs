using System.Diagnostics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Two clusters of equal masses fall into each other under gravity. It shows how a program embeds the engine (bodies are
/// entities of its own world, and the points of the method) and how it adds a system (the leapfrog, in one schedule with the eight operators).
/// </summary>
public sealed class Galaxies : Scene
{
    // Gravity with G = 1 and a total mass of 1: the acceleration is the gradient of sum m / r, the kernel's 4 pi times.
    private const double FourPi = 4 * Math.PI;
    private const double Step = 0.005;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    private record struct Velocity(double X, double Y, double Z);

    private record struct Mass(double Value);

    public override string Name => "galaxies";

    public override string Description => "two clusters in collision (20000 bodies)";

    public override IReadOnlyList<string> Foreign => ["--verify", "--repeat", "--gradient", FieldSettings.ForceOption, FieldSettings.HessianOption, FieldSettings.VectorsOption, "--kernel", "--parameter", "--strict", .. PeriodicOptions.Names];

    public override void Run(SceneRequest request)
    {
        int count = request.Count ?? 20_000, steps = request.Steps ?? 100;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"galaxies with {count} bodies", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
        using World world = World.Create();
        using ThreadDispatcher threads = new(options.Threads);
        foreach ((Position at, Position v) in CollidingClusters.Draw(count, request.Seed))
        {
            Entity body = world.Create(_bodies.All);
            world.Set(body, at);
            world.Set(body, new Velocity(v.X, v.Y, v.Z));
            world.Set(body, new Mass(1.0 / count));
        }

        Schedule<FmmStep> schedule = new("galaxies");
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Leapfrog opening = new(world, isOpening: true), closing = new(world, isOpening: false);
        schedule.Add(opening).Before<ReadEntities>();
        schedule.Add(closing).After<WriteEntities>();

        schedule.Update(default, threads, request.Cancellation); // No time passes: the first field.
        opening.Length = closing.Length = Step;
        (double startEnergy, double[] startMomentum, _) = Measure(world);
        StepLog log = new(request);
        log.Begin(("scene", Name), ("bodies", count), ("steps", steps), ("step_length", Step), ("order", method.ExpansionSizes.Order), ("threads", threads.ThreadCount));
        long begin = Stopwatch.GetTimestamp();
        for (int step = 1; step <= steps; step++)
        {
            schedule.Update(default, threads, request.Cancellation);
            if (step % Math.Max(1, steps / 10) != 0 && step != steps) continue;
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds / step;
            (double energy, double[] momentum, double scale) = Measure(world);
            double drift = Math.Sqrt(momentum.Zip(startMomentum, (now, then) => (now - then) * (now - then)).Sum()) / scale;
            log.Add(step, step * Step, energy / startEnergy - 1, drift, seconds);
        }

        log.End();
    }

    /// <summary>The total energy, the total momentum, and the sum of the bodies' momenta without their directions.</summary>
    private static (double Energy, double[] Momentum, double Scale) Measure(World world)
    {
        double energy = 0, x = 0, y = 0, z = 0, scale = 0;
        world.Query(_bodies, (ref Mass mass, ref Velocity v, ref Potential potential) =>
        {
            double m = mass.Value, square = v.X * v.X + v.Y * v.Y + v.Z * v.Z;
            energy += m / 2 * (square - FourPi * potential.Value);
            (x, y, z, scale) = (x + m * v.X, y + m * v.Y, z + m * v.Z, scale + m * Math.Sqrt(square));
        });
        return (energy, [x, y, z], scale);
    }

    /// <summary>Kick, drift, kick: half a kick and the drift before the field is computed, the other half kick after it.</summary>
    private sealed class Leapfrog(World world, bool isOpening) : BaseSystem<World, FmmStep>(world)
    {
        public double Length { get; set; }

        public override string Name => isOpening ? "KickAndDrift" : "Kick";

        public override Access Access { get; } = isOpening
            ? new Access().Write<Position>().Write<Velocity>().Read<Gradient>()
            : new Access().Write<Velocity>().Read<Gradient>();

        public override void Update(in FmmStep step)
        {
            double kick = Length / 2 * FourPi;
            foreach (ref Chunk chunk in World.Query(_bodies))
            {
                Span<Velocity> v = chunk.Write<Velocity>();
                ReadOnlySpan<Gradient> slope = chunk.Read<Gradient>();
                for (int row = 0; row < chunk.Count; row++)
                    v[row] = new(v[row].X + kick * slope[row].X, v[row].Y + kick * slope[row].Y, v[row].Z + kick * slope[row].Z);
                if (!isOpening) continue;
                Span<Position> at = chunk.Write<Position>();
                for (int row = 0; row < chunk.Count; row++)
                    at[row] = new(at[row].X + Length * v[row].X, at[row].Y + Length * v[row].Y, at[row].Z + Length * v[row].Z);
            }
        }
    }
}

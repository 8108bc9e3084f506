using System.Diagnostics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Two clusters of equal masses fall into each other under gravity. It shows how a program embeds the engine (bodies are
/// entities of its own world) and how it adds a system (the leapfrog, in one schedule with the eight operators).
/// </summary>
public sealed class Galaxies : Scene
{
    // Gravity with G = 1 and a total mass of 1: the acceleration is the gradient of sum m / r, the kernel's 4 pi times.
    private const double FourPi = 4 * Math.PI;
    private const double Step = 0.005;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>();

    private record struct Velocity(double X, double Y, double Z);

    private record struct Mass(double Value);

    public override string Name => "galaxies";

    public override string Description => "two clusters in collision (20000 bodies)";

    public override bool Moves => true;

    public override void Run(SceneRequest request)
    {
        int count = request.Count ?? 20_000, steps = request.Steps ?? 100;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"galaxies with {count} bodies", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
        using World world = World.Create();
        using ThreadDispatcher threads = new(options.Threads);
        Schedule<FmmStep> schedule = new("galaxies");
        using FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, schedule);
        Leapfrog opening = new(world, isOpening: true), closing = new(world, isOpening: false);
        schedule.Add(opening).Before("BoundPoints");
        schedule.Add(closing).After("GatherFields");

        (Position At, Position Velocity)[] bodies = CollidingClusters.Draw(count, request.Seed);
        foreach ((Position at, Position v) in bodies) world.Create(at, new Velocity(v.X, v.Y, v.Z), new Mass(1.0 / count));
        method.Tree.Input.Set([.. bodies.Select(body => body.At)]);
        method.Charges.Values.Resize(count);
        method.Charges.Values.Span.Fill(1.0 / count);

        schedule.Update(FmmStep.Everything, threads, request.Cancellation); // No time passes: the first field.
        opening.Length = closing.Length = Step;
        (double startEnergy, double[] startMomentum, _) = Measure(world, method);
        StepLog log = new(request);
        log.Begin(("scene", Name), ("bodies", count), ("steps", steps), ("step_length", Step), ("order", method.ExpansionSizes.Order), ("threads", threads.ThreadCount));
        long begin = Stopwatch.GetTimestamp();
        for (int step = 1; step <= steps; step++)
        {
            schedule.Update(FmmStep.Everything, threads, request.Cancellation);
            if (step % Math.Max(1, steps / 10) != 0 && step != steps) continue;
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds / step;
            (double energy, double[] momentum, double scale) = Measure(world, method);
            double drift = Math.Sqrt(momentum.Zip(startMomentum, (now, then) => (now - then) * (now - then)).Sum()) / scale;
            log.Add(step, step * Step, energy / startEnergy - 1, drift, seconds);
        }

        log.End();
    }

    /// <summary>The total energy, the total momentum, and the sum of the bodies' momenta without their directions.</summary>
    private static (double Energy, double[] Momentum, double Scale) Measure(World world, FmmMethod method)
    {
        double energy = 0, x = 0, y = 0, z = 0, scale = 0;
        int body = 0;
        foreach (ref Chunk chunk in world.Query(_bodies))
        {
            for (int row = 0; row < chunk.Count; row++, body++)
            {
                (double m, Velocity v) = (chunk.Read<Mass>()[row].Value, chunk.Read<Velocity>()[row]);
                double square = v.X * v.X + v.Y * v.Y + v.Z * v.Z;
                energy += m / 2 * (square - FourPi * method.Fields.Potentials.Span[body]);
                (x, y, z, scale) = (x + m * v.X, y + m * v.Y, z + m * v.Z, scale + m * Math.Sqrt(square));
            }
        }

        return (energy, [x, y, z], scale);
    }

    /// <summary>Kick, drift, kick: half a kick and the drift before the field is computed, the other half kick after it.</summary>
    private sealed class Leapfrog(World world, bool isOpening) : BaseSystem<World, FmmStep>(world)
    {
        public double Length { get; set; }

        public override string Name => isOpening ? "KickAndDrift" : "Kick";

        public override Access Access { get; } = isOpening
            ? new Access().Write<Position>().Write<Velocity>().ReadResource<FieldOutput>().WriteResource<PointInput>()
            : new Access().Write<Velocity>().ReadResource<FieldOutput>();

        public override void Update(in FmmStep step)
        {
            if (Length == 0) return;
            Span<double> gradients = World.Resource<FieldOutput>().Gradients.Span;
            int body = 0;
            foreach (ref Chunk chunk in World.Query(_bodies))
            {
                Span<Velocity> v = chunk.Write<Velocity>();
                for (int row = 0; row < chunk.Count; row++, body++)
                {
                    double kick = Length / 2 * FourPi;
                    v[row].X += kick * gradients[3 * body];
                    v[row].Y += kick * gradients[3 * body + 1];
                    v[row].Z += kick * gradients[3 * body + 2];
                    if (!isOpening) continue;
                    ref Position p = ref chunk.Write<Position>()[row];
                    p = new Position(p.X + Length * v[row].X, p.Y + Length * v[row].Y, p.Z + Length * v[row].Z);
                    World.Resource<PointInput>().Sources.Span[body] = p;
                }
            }
        }
    }
}

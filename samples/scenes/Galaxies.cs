using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
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

    public override bool RunsOverRanks => true;

    public override Simulation Build(SceneRequest request)
    {
        int count = Count(request);
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        (double softening, SoftenedGravity gravity) = (Softening(count), new(Softening(count)));
        request.Guard?.Check($"galaxies with {count} bodies", MemoryEstimate.Of(gravity, options, count), 300.0 * count, count);
        var world = World.Create();
        Fill(world, count, request.Seed, RowShare.All);
        SimulationClock clock = new(Step);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, gravity, options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Leapfrog.Add(schedule, world, MovingBodies.Of(_bodies), factor: -1);
        Invariant energy = new("energy_drift", () => Sums(world).Energy, IsDrift: true), momentum = new("momentum_drift", Momentum(() => Sums(world)));
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("bodies", count), ("steps", request.Steps ?? DefaultSteps), ("softening", softening)],
            Invariants = [energy, momentum],
            Checks = one => Checks(energy, momentum, one.Method.ExpansionSizes.Order),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Bodies begin on the ranks in the order in which they are drawn, wherever that is, and find to the ranks that own their places by themselves.</remarks>
    protected override void RunOverRanks(SceneRequest request)
    {
        int count = Count(request), steps = request.Steps ?? DefaultSteps;
        (IRanks ranks, double softening) = (request.Ranks, Softening(count));
        SoftenedGravity gravity = new(softening);
        (FmmOptions options, World world) = ranks.Do(() =>
        {
            FmmOptions asked = FieldRun.Options(request.Settings) with { Gradient = true };
            int own = Math.Max(1, count / ranks.Count);
            request.Guard?.Check($"galaxies with {own} bodies a rank", MemoryEstimate.Of(gravity, asked, own), 300.0 * own, own);
            var bodies = World.Create();
            Fill(bodies, count, request.Seed, new RowShare(ranks.Rank, ranks.Count));
            return (asked, bodies);
        });
        using RankSimulation simulation = new(Name, request, world, _bodies, FmmSolver.Create(gravity, options, ranks), Step);
        Invariant energy = new("energy_drift", () => Sums(world).Over(ranks).Energy, IsDrift: true), momentum = new("momentum_drift", Momentum(() => Sums(world).Over(ranks)));
        new RankSteps(request, steps).Run(
            simulation,
            [("scene", Name), ("bodies", count), ("steps", steps), ("softening", softening), ("step_length", Step), ("order", simulation.Order), ("threads", options.Threads)],
            [energy, momentum],
            () => [.. Checks(energy, momentum, simulation.Order), new("bodies of all ranks", simulation.Count, count, 0, "none is lost on its way")]);
    }

    private static int Count(SceneRequest request) => request.Count ?? 20_000;

    // A third of the distance of neighbours in a cluster at the start.
    private static double Softening(int count) => 0.5 / Math.Cbrt(count);

    // All bodies are drawn everywhere, for each keeps its distance from those before it.
    private static void Fill(World world, int count, long seed, RowShare share)
    {
        (long first, long own) = share.Of(count);
        foreach ((Position at, Position v) in CollidingClusters.Draw(count, seed).AsSpan((int)first, (int)own))
        {
            Entity body = world.Create(_bodies.All);
            world.Set(body, at);
            world.Set(body, new Velocity(v.X, v.Y, v.Z));
            world.Set(body, new Mass(1.0 / count));
        }
    }

    private static IEnumerable<SceneCheck> Checks(Invariant energy, Invariant momentum, int order)
    {
        yield return new("energy's drift", energy.Now(), 0, 1e-3, "the leapfrog's order 2");
        yield return new("momentum's drift", momentum.Now(), 0, Math.Pow(10, -0.8 * order), "actio = reactio, to the method's order");
    }

    private static Func<double> Momentum(Func<BodySums> sums)
    {
        BodySums? start = null;
        return () =>
        {
            BodySums now = sums();
            start ??= now;
            return now.MomentumSince(start.Value);
        };
    }

    private static BodySums Sums(World world) => BodySums.Of<Mass>(world, in _bodies, factor: -1);
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Tests;

/// <summary>A small scene for tests of the loop: bodies that drift, some of which come and go, and a system that does what a test asks.</summary>
internal sealed class FallingBodies : MovingScene
{
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    /// <summary>Called in each update by the system Mischief, between the drift and the field.</summary>
    public Action<World, long> Mischief { get; init; } = (_, _) => { };

    /// <summary>Bodies that are replaced by others in each step.</summary>
    public int Replaced { get; init; }

    public override string Name => "falling";

    public override string Description => "bodies that drift";

    /// <summary>A request as the command makes it.</summary>
    public static SceneRequest Request(Terminal terminal, LongRun? longRun = null, CancellationToken cancellation = default) => new()
    {
        Settings = new FieldSettings("laplace", new Dictionary<string, double>(), Order: 3, null, null, InSingle: false, Gradient: false, Threads: 2, "auto"),
        Terminal = terminal,
        Cancellation = cancellation,
        LongRun = longRun,
    };

    public override Simulation Build(SceneRequest request)
    {
        World world = World.Create();
        Random random = new(7);
        for (int i = 0; i < (request.Count ?? 60); i++) Make(world, random);
        SimulationClock clock = new(1e-3);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        Drift drift = new(world);
        schedule.Add(drift).Before<ReadEntities>();
        schedule.Add(new Meddle(world, this)).After(drift).Before<ReadEntities>();
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Invariants = [new("mass", () => world.CountEntities(_bodies))],
            Checks = _ => [new SceneCheck("bodies", world.CountEntities(_bodies), request.Count ?? 60, 0, "counting")],
            StepBy = Replaced == 0 ? null : one => Replace(one, random),
        };
    }

    private static void Make(World world, Random random)
    {
        Entity body = world.Create(_bodies.All);
        world.Set(body, new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()));
        world.Set(body, new Velocity(random.NextDouble() - 0.5, 0, 0));
        world.Set(body, new Mass(1));
    }

    private void Replace(Simulation simulation, Random random)
    {
        simulation.World.Destroy(simulation.World.Query(_bodies).Matches[0].Chunk.Entities[..Replaced]);
        for (int i = 0; i < Replaced; i++) Make(simulation.World, random);
        simulation.Update();
    }

    private sealed class Drift(World world) : BaseSystem<World, FmmStep>(world)
    {
        public override Access Access { get; } = new Access().Write<Position>().Read<Velocity>().ReadResource<SimulationClock>();

        public override void Update(in FmmStep step)
        {
            double length = World.Resource<SimulationClock>().Length;
            foreach (ref Chunk chunk in World.Query(_bodies))
            {
                Span<Position> at = chunk.Write<Position>();
                ReadOnlySpan<Velocity> v = chunk.Read<Velocity>();
                for (int row = 0; row < chunk.Count; row++) at[row] = new(at[row].X + length * v[row].X, at[row].Y, at[row].Z);
            }
        }
    }

    private sealed class Meddle(World world, FallingBodies scene) : BaseSystem<World, FmmStep>(world)
    {
        public override string Name => nameof(Mischief);

        public override Access Access { get; } = new Access().Write<Position>().Write<Velocity>().Write<Mass>().ReadResource<SimulationClock>();

        public override void Update(in FmmStep step) => scene.Mischief(World, World.Resource<SimulationClock>().Steps + 1);
    }
}

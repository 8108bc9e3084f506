using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Vortex rings that go where their own flow carries them: one world and schedule for all scenes of rings.</summary>
public static class VortexFlow
{
    /// <summary>The points.</summary>
    public static QueryDescription Points { get; } = new QueryDescription().WithAll<Position, Velocity, Vorticity, FilamentPoint>().WithAll<RungeKuttaStage>();

    /// <summary>Sets up rings on the z axis.</summary>
    /// <param name="name">The scene's name.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="rings">The rings and their places on the axis.</param>
    /// <param name="steps">Steps, to tell.</param>
    /// <param name="checks">What the end is held to.</param>
    public static Simulation Of(
        string name, SceneRequest request, IReadOnlyList<(VortexRing Ring, double Height)> rings, int steps, Func<Simulation, IEnumerable<SceneCheck>> checks)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rings);
        int count = rings.Sum(one => one.Ring.Filaments * one.Ring.Points);
        FmmOptions options = FieldRun.Options(request.Settings);
        request.Guard?.Check($"{name} with {count} points", MemoryEstimate.Of(default(BiotSavart), options, count), 250.0 * count, count);
        World world = World.Create();
        double turn = 2 * Math.PI * new Xoshiro256(request.Seed).Unit();
        foreach ((VortexRing ring, double height) in rings) ring.Create(world, Points.All, height, turn);
        SimulationClock clock = new(rings.Min(one => one.Ring.Step));
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(name);
        FmmMethod method = FmmSchedule.Create(world, default(BiotSavart), options, FmmEntities.Of(Points).Charges<Vorticity>().Potentials<Velocity>(), schedule);
        RungeKutta4 integrator = new(world);
        schedule.Add(new StretchFilaments(world)).Before<ReadEntities>();
        schedule.Add(integrator).Before<StretchFilaments>();
        return new Simulation
        {
            Name = name,
            Method = method,
            Bodies = Points,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("points", count), ("filaments", rings[0].Ring.Filaments), ("core", rings[0].Ring.EffectiveCore), ("steps", steps)],
            Invariants = [new("impulse_drift", () => Impulse(world), IsDrift: true), new("height", () => Height(world, 0, count))],
            StepBy = run => integrator.Step(run.Schedule, run.Threads),
            Checks = checks,
        };
    }

    /// <summary>The impulse along the axis: half of the sum of place times vorticity. Nothing outside acts on the fluid, so that it stays as it is (Saffman 1992, section 3.2).</summary>
    public static double Impulse(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        double sum = 0;
        foreach (ref Chunk rows in world.Query(Points))
        {
            ReadOnlySpan<Position> at = rows.Read<Position>();
            ReadOnlySpan<Vorticity> vorticity = rows.Read<Vorticity>();
            for (int row = 0; row < at.Length; row++) sum += ((at[row].X * vorticity[row].Y) - (at[row].Y * vorticity[row].X)) / 2;
        }

        return sum;
    }

    /// <summary>The mean place of points on the axis.</summary>
    /// <param name="world">The world.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">Their number.</param>
    public static double Height(World world, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(world);
        double sum = 0;
        foreach (ref Chunk rows in world.Query(Points))
            foreach (ref readonly Position at in rows.Read<Position>().Slice(first, count)) sum += at.Z;
        return sum / count;
    }
}

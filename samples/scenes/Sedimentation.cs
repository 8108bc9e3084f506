using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A cloud of heavy points that falls in a viscous fluid, each dragged along by the flow of all others (Stokes' equations; a point force F makes the velocity
/// (F / r + (F . d) d / r^3) / (8 pi mu)). The cloud falls as a drop of the same fluid would: N points of weight F in a ball of radius R with
/// U = N F / (5 pi mu R), Hadamard's and Rybczynski's speed for equal viscosities, 6/5 of what N F / (6 pi mu R), Stokes' law for a solid ball, would give (Ekiel-Jezewska, Metzger and
/// Guazzelli 2006, Physics of Fluids 18, 038104; here without the points' own speed, so that N is N - 1). Inside, the fluid turns as in a vortex ring, and the cloud keeps its shape.
/// </summary>
/// <remarks>Measured is the fall of the points' mean place over the whole run, divided by its time. The weight is chosen so that U = 1.</remarks>
public sealed class Sedimentation : MovingScene
{
    private const double Viscosity = 1, Radius = 1, Step = 0.05;
    private static readonly QueryDescription _points = new QueryDescription().WithAll<Position, Velocity, Weight, RungeKuttaStage>();

    /// <inheritdoc/>
    public override string Name => "sedimentation";

    /// <inheritdoc/>
    public override string Kernel => Stokes.Name;

    /// <inheritdoc/>
    public override string Description => "a cloud of heavy points falls in a viscous fluid: Hadamard's and Rybczynski's speed (3000 points)";

    /// <inheritdoc/>
    public override int DefaultSteps => 40;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 3000;
        Stokes kernel = new(Viscosity);
        FmmOptions options = FieldRun.Options(request.Settings);
        request.Guard?.Check($"{Name} with {count} points", MemoryEstimate.Of(kernel, options, count), 200.0 * count, count);
        double weight = 5 * Math.PI * Viscosity * Radius / Math.Max(1, count - 1);
        World world = World.Create();
        foreach (Position at in EvenBall.Draw(count, request.Seed))
        {
            Entity point = world.Create(_points.All);
            world.Set(point, new Position(Radius * at.X, Radius * at.Y, Radius * at.Z));
            world.Set(point, new Weight(0, 0, -weight));
        }

        SimulationClock clock = new(Step);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, kernel, options, FmmEntities.Of(_points).Charges<Weight>().Potentials<Velocity>(), schedule);
        RungeKutta4 integrator = new(world);
        schedule.Add(integrator).Before<ReadEntities>();
        double start = Height(world);
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _points,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("points", count), ("steps", request.Steps ?? DefaultSteps)],
            Invariants = [new("height", () => Height(world)), new("fall_speed", () => -Mean<Velocity>(world, (in Velocity v) => v.Z))],
            StepBy = run => integrator.Step(run.Schedule, run.Threads),
            // Points are no continuum: what that is worth falls with their distance squared.
            Checks = run => [new("speed of the fall", (start - Height(world)) / run.Clock.Time, 1, Math.Max(0.02, 1.5 / Math.Cbrt((double)count * count)), "Hadamard and Rybczynski, N F/(5 pi mu R)")],
        };
    }

    private static double Height(World world) => Mean<Position>(world, (in Position at) => at.Z);

    private delegate double Part<T>(in T component);

    private static double Mean<T>(World world, Part<T> part)
        where T : unmanaged
    {
        double sum = 0;
        int count = 0;
        foreach (ref Chunk rows in world.Query(in _points))
        {
            foreach (ref readonly T one in rows.Read<T>()) sum += part(in one);
            count += rows.Count;
        }

        return sum / count;
    }

    /// <summary>The force that a point exerts on the fluid.</summary>
    /// <param name="X">Component along x.</param>
    /// <param name="Y">Component along y.</param>
    /// <param name="Z">Component along z.</param>
    private record struct Weight(double X, double Y, double Z);
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A ball of bodies at rest falls into itself: cold collapse (van Albada 1982, MNRAS 201, 939). With G = 1, mass 1 and radius 1 all shells of a uniform ball meet in the
/// centre at the time pi / sqrt(8) of free fall, and until then the ball shrinks as a whole: its radius is cos^2 u at the time (u + sin(2 u) / 2) / sqrt(2). Bodies are softened,
/// and each step is as short as the fastest body asks for (<see cref="AdaptiveStep"/>).
/// </summary>
public sealed class ColdCollapse : MovingScene
{
    private const double FreeFall = Math.PI / 2 / 1.4142135623730951;
    private const double Followed = 0.85 * FreeFall;
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "collapse";

    /// <inheritdoc/>
    public override string Description => "a ball at rest falls into itself, by steps that are chosen: the time of free fall (5000 bodies)";

    /// <inheritdoc/>
    public override int DefaultSteps => 400;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 5000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        double softening = Math.Cbrt(1.0 / count);
        SoftenedGravity gravity = new(softening);
        request.Guard?.Check($"{Name} with {count} bodies", MemoryEstimate.Of(gravity, options, count), 300.0 * count, count);
        World world = World.Create();
        Xoshiro256 random = new(request.Seed);
        foreach (Position at in SeparatedBall.Draw(count, 1, 0.9 * Math.Cbrt(1.0 / count), ref random))
        {
            Entity body = world.Create(_bodies.All);
            world.Set(body, at);
            world.Set(body, new Mass(1.0 / count));
        }

        SimulationClock clock = new(0.02);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, gravity, options, FmmEntities.Of(_bodies).Charges<Mass>(), schedule);
        MovingBodies moving = MovingBodies.Of(_bodies);
        var leapfrog = Leapfrog.Add(schedule, world, moving, factor: -1);
        AdaptiveStep.Add(schedule, leapfrog.Opening, world, moving, factor: -1, new StepRule(0.1, softening, 1e-5, 0.02));
        Radius radius = new(world);
        schedule.Add(radius).After(leapfrog.Closing);
        Invariant energy = new("energy_drift", () => BodySums.Of<Mass>(world, in _bodies, factor: -1).Energy, IsDrift: true);
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _bodies,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("bodies", count), ("softening", softening)],
            Invariants = [energy, new("radius", () => radius.Now)],
            Checks = _ => Checks(energy.Now(), radius, softening),
        };
    }

    private static IEnumerable<SceneCheck> Checks(double drift, Radius radius, double softening)
    {
        yield return new("energy's drift", drift, 0, 0.02, "the leapfrog's order 2");
        // Softening, and that bodies are grains, slow the fall.
        if (radius.Followed is (double time, double share))
            yield return new($"radius at {time:0.000}", share, Fallen(time), 0.02 + 4 * softening * softening, "free fall of a uniform ball");
        if (radius.Least is double least)
            yield return new("time of the least radius", least, FreeFall, FreeFall * (0.03 + softening), "pi / sqrt(8)");
    }

    /// <summary>The radius of a ball of radius 1 that falls: u is found by Newton's steps.</summary>
    private static double Fallen(double time)
    {
        double u = time / Math.Sqrt(2);
        for (int i = 0; i < 20; i++) u -= (u + Math.Sin(2 * u) / 2 - Math.Sqrt(2) * time) / (1 + Math.Cos(2 * u));
        return Math.Cos(u) * Math.Cos(u);
    }

    /// <summary>The root mean square of the bodies' distances from the origin over that of the start, whose square is 3/5; and when it is least.</summary>
    private sealed class Radius(World world) : BaseSystem<World, FmmStep>(world)
    {
        private double _least = double.PositiveInfinity;
        private double _leastTime;
        private double _last;

        public override string Name => "MeasureRadius";

        public override Access Access { get; } = new Access().Read<Position>().ReadResource<SimulationClock>();

        public double Now { get; private set; }

        /// <summary>The last time at which the ball shrinks as a whole, and its radius then.</summary>
        public (double Time, double Share)? Followed { get; private set; }

        /// <summary>When it was least; null while it shrinks.</summary>
        public double? Least => _last > 1.05 * _least ? _leastTime : null;

        public override void Update(in FmmStep step)
        {
            SimulationClock clock = World.Resource<SimulationClock>();
            double sum = 0, time = clock.Time + clock.Length;
            int count = 0;
            foreach (ref Chunk chunk in World.Query(in _bodies))
            {
                foreach (Position at in chunk.Read<Position>()) sum += at.X * at.X + at.Y * at.Y + at.Z * at.Z;
                count += chunk.Count;
            }
            Now = _last = Math.Sqrt(sum / count / 0.6);
            if (time <= ColdCollapse.Followed) Followed = (time, Now);
            if (Now < _least) (_least, _leastTime) = (Now, time);
        }
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A system of your own in the method's schedule: it lets equal charges slide over a sphere along the force on them until they lie still, which is Thomson's problem (1904). In units of
/// q^2 / (4 pi eps_0 R) the least energy of N of them is N^2/2 (1 - 1.10461 N^(-1/2) + 0.137 N^(-3/2)), as a fit of computed ones tells (Morris, Deaven and Ho 1996, Physical Review
/// B 53, R1740); charges spread at random would have N^2/2. They end as a crystal of triangles with twelve places that have five neighbours.
/// </summary>
public sealed class OwnSystem : MovingScene
{
    private static readonly QueryDescription _charges = new QueryDescription().WithAll<Position, Charge>().WithAll<Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "own-system";

    /// <inheritdoc/>
    public override string Description => "a system of your own lets charges slide over a sphere until they lie still: Thomson's energy (1000 charges)";

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 1000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"{Name} with {count} charges", MemoryEstimate.Of(default(Laplace), options, count), 100.0 * count, count);
        World world = World.Create();
        foreach (Position at in PointClouds.Draw(default(UnitSphere), count, request.Seed, request.Cancellation)) world.Create(at, new Charge(1), new Potential(), new Gradient());

        // The stiffest push of a neighbour against another is some N^(3/2)/4: a step of a fraction of its inverse does not overshoot.
        SimulationClock clock = new(4 / Math.Pow(count, 1.5));
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, default(Laplace), options, FmmEntities.Of(_charges), schedule);
        schedule.Add(new SlideOnSphere(world, most: 0.5 / Math.Sqrt(count))).Before<ReadEntities>();
        double least = (double)count * count / 2 * (1 - (1.10461 / Math.Sqrt(count)) + (0.137 / Math.Pow(count, 1.5)));
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _charges,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("charges", count), ("steps", request.Steps ?? DefaultSteps)],
            Invariants = [new("energy_excess", () => (Energy(world) / least) - 1), new("off_the_sphere", () => OffTheSphere(world))],
            Checks = _ =>
            [
                // A hundredth of what order gains over chance.
                new("energy of the charges", Energy(world), least, 0.01 * 0.55 * Math.Pow(count, 1.5), "Morris, Deaven and Ho 1996"),
                new("farthest off the sphere", OffTheSphere(world), 0, 1e-14, "the constraint"),
            ],
        };
    }

    private static double Energy(World world)
    {
        double sum = 0;
        foreach (ref Chunk rows in world.Query(_charges))
            foreach (ref readonly Potential potential in rows.Read<Potential>()) sum += 4 * Math.PI * potential.Value / 2;
        return sum;
    }

    private static double OffTheSphere(World world)
    {
        double most = 0;
        foreach (ref Chunk rows in world.Query(_charges))
            foreach (ref readonly Position at in rows.Read<Position>()) most = Math.Max(most, Math.Abs(Math.Sqrt((at.X * at.X) + (at.Y * at.Y) + (at.Z * at.Z)) - 1));
        return most;
    }

    /// <summary>Moves each charge by the clock's length times the force along the sphere, but no farther than it may.</summary>
    private sealed class SlideOnSphere(World world, double most) : BaseSystem<World, FmmStep>(world)
    {
        public override Access Access { get; } = new Access().Write<Position>().Read<Gradient>().ReadResource<SimulationClock>();

        public override void Update(in FmmStep step)
        {
            double length = 4 * Math.PI * World.Resource<SimulationClock>().Length;
            if (length == 0) return;
            foreach (ref Chunk rows in World.Query(_charges))
            {
                Span<Position> at = rows.Write<Position>();
                ReadOnlySpan<Gradient> slope = rows.Read<Gradient>();
                for (int row = 0; row < at.Length; row++) at[row] = Slid(at[row], slope[row], length, most);
            }
        }

        private static Position Slid(in Position at, in Gradient slope, double length, double most)
        {
            double outward = (at.X * slope.X) + (at.Y * slope.Y) + (at.Z * slope.Z);
            (double x, double y, double z) = (slope.X - (outward * at.X), slope.Y - (outward * at.Y), slope.Z - (outward * at.Z));
            double scale = Math.Min(length, most / Math.Sqrt((x * x) + (y * y) + (z * z) + 1e-300));
            (x, y, z) = (at.X - (scale * x), at.Y - (scale * y), at.Z - (scale * z));
            double radius = Math.Sqrt((x * x) + (y * y) + (z * z));
            return new(x / radius, y / radius, z / radius);
        }
    }
}

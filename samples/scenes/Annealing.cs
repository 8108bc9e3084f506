using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Ions that push each other in a trap r^2 / 2 are cooled by a bath until they freeze into shells: a Coulomb crystal. With a pair's energy 1 / r each ion has in the end
/// the energy 0.9 n^(2/3), that of a uniform ball of charge in its trap, less 0.896, by which ions in a lattice keep out of each other's way (Hasse and Avilov 1991, Phys. Rev. A 44,
/// 4506), and 3/2 T of the bath's temperature T. It shows <see cref="LangevinVerlet"/>, the velocity Verlet with a thermostat.
/// </summary>
public sealed class Annealing : MovingScene
{
    private const double Temperature = 0.01, Friction = 1, Step = 0.05;

    // The kernel is 1 / (4 pi r).
    private static readonly double _charge = Math.Sqrt(4 * Math.PI);
    private static readonly QueryDescription _ions = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Charge, Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "annealing";

    /// <inheritdoc/>
    public override string Description => "ions in a trap freeze in a cold bath: the energy of a Coulomb crystal (500 ions)";

    /// <inheritdoc/>
    public override int DefaultSteps => 600;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 500;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"{Name} with {count} ions", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
        World world = World.Create();
        Xoshiro256 random = new(request.Seed);
        double radius = Math.Cbrt(count);
        foreach (Position at in SeparatedBall.Draw(count, radius, 0.9, ref random))
        {
            Entity ion = world.Create(_ions.All);
            world.Set(ion, at);
            world.Set(ion, new Charge(_charge));
            world.Set(ion, new Mass(1));
        }

        SimulationClock clock = new(Step);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_ions), schedule);
        Thermostat bath = new(Temperature, Friction, request.Seed);
        var verlet = LangevinVerlet.Add(schedule, world, MovingBodies.Of(_ions).Charges<Charge>().Masses<Mass>(), factor: -1, bath);
        schedule.Add(new Trap(world)).After<WriteEntities>().Before(verlet.Closing);
        Invariant temperature = new("temperature", () => Energies(world).Kinetic * 2 / 3), energy = new("energy", () => Energies(world).Potential);
        double crystal = 0.9 * Math.Cbrt((double)count * count) - 0.896 + 1.5 * Temperature;
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _ions,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("ions", count), ("temperature", Temperature), ("friction", Friction)],
            Invariants = [temperature, energy],
            // Ten times as long as friction takes to cool them; fewer ions than a dozen are no ball.
            Checks = one => one.Clock.Time * Friction < 10 || count < 12 ? [] :
            [
                new("temperature", temperature.Now(), Temperature, 4 * Temperature * Math.Sqrt(2.0 / 3 / count), "the bath, to four times the scatter of so many ions,"),
                new("energy of an ion", energy.Now(), crystal, 0.03 + 0.002 * crystal, "a crystal of so many ions in its trap"),
            ],
        };
    }

    /// <summary>Kinetic and potential energy of an ion, in the mean.</summary>
    private static (double Kinetic, double Potential) Energies(World world)
    {
        BodySums sums = BodySums.Of<Charge>(world, in _ions, factor: -1);
        double trap = 0;
        foreach (ref Chunk chunk in world.Query(in _ions))
            foreach (Position at in chunk.Read<Position>()) trap += (at.X * at.X + at.Y * at.Y + at.Z * at.Z) / 2;
        return (sums.Kinetic / sums.Mass, (sums.Field + trap) / sums.Mass);
    }

    /// <summary>Adds the gradient of the trap's potential, for a charge of 1, to that of the ions' own.</summary>
    private sealed class Trap(World world) : BaseSystem<World, FmmStep>(world)
    {
        public override string Name => "AddTrap";

        public override Access Access { get; } = new Access().Read<Position>().Write<Gradient>();

        public override void Update(in FmmStep step)
        {
            foreach (ref Chunk chunk in World.Query(in _ions))
            {
                ReadOnlySpan<Position> at = chunk.Read<Position>();
                Span<Gradient> slope = chunk.Write<Gradient>();
                for (int row = 0; row < slope.Length; row++)
                    slope[row] = new(slope[row].X + at[row].X / _charge, slope[row].Y + at[row].Y / _charge, slope[row].Z + at[row].Z / _charge);
            }
        }
    }
}

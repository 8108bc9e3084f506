using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Velocity Verlet with a Langevin thermostat: kick, drift by half, friction and random kick over the whole step, drift by half, field, kick. Bodies come to the
/// bath's temperature; of order 2 in what is averaged over that equilibrium, and without friction velocity Verlet itself, of order 2.
/// </summary>
/// <remarks>
/// <para>The splitting BAOAB of Leimkuhler and Matthews (2013, J. Chem. Phys. 138, 174102); velocity Verlet is that of Swope, Andersen, Berens and Wilson (1982,
/// J. Chem. Phys. 76, 637).</para>
/// <para>Random numbers follow from the seed, the clock's number of steps, and the entity's name (id and version): any number of threads and a run that was resumed
/// with the same names give the same bits.</para>
/// </remarks>
public sealed class LangevinVerlet : MotionSystem
{
    private readonly double _factor;
    private readonly Thermostat _bath;
    private readonly bool _isOpening;
    private double _length;
    private double _keep;
    private double _noise;
    private long _step;

    private LangevinVerlet(World world, MovingBodies bodies, double factor, Thermostat bath, bool isOpening)
        : base(world, bodies, isOpening ? "LangevinDrift" : "LangevinKick", isOpening ? AccessKind.Write : AccessKind.Read, AccessKind.Write) =>
        (_factor, _bath, _isOpening) = (factor, bath, isOpening);

    /// <summary>Adds both halves to the schedule of a method: the opening before <see cref="ReadEntities"/>, the closing after <see cref="WriteEntities"/>.</summary>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <param name="world">The bodies' world; it needs a <see cref="SimulationClock"/> among its resources when the schedule runs.</param>
    /// <param name="bodies">Which entities move.</param>
    /// <param name="factor">A body's acceleration over the gradient (and over charge / mass, where they are named).</param>
    /// <param name="bath">The bath.</param>
    /// <returns>Their places. What adds a force of its own to the gradients comes after WriteEntities and before the closing.</returns>
    public static (SystemHandle<FmmStep> Opening, SystemHandle<FmmStep> Closing) Add(
        Schedule<FmmStep> schedule, World world, MovingBodies bodies, double factor, Thermostat bath) =>
        Place(schedule, Opening(world, bodies, factor, bath), Closing(world, bodies, factor));

    /// <summary>What comes before the field of a step, for a schedule that <see cref="Add"/> does not know.</summary>
    /// <inheritdoc cref="Add"/>
    /// <returns>The system.</returns>
    public static LangevinVerlet Opening(World world, MovingBodies bodies, double factor, Thermostat bath) => new(world, bodies, factor, bath, isOpening: true);

    /// <summary>What comes after the field of a step.</summary>
    /// <inheritdoc cref="Opening"/>
    public static LangevinVerlet Closing(World world, MovingBodies bodies, double factor) => new(world, bodies, factor, default, isOpening: false);

    private protected override void Begin(SimulationClock clock)
    {
        (_length, _step) = (clock.Length, clock.Steps);
        // Backwards in time there is no fading: the length of the step alone counts.
        double faded = _bath.Friction * Math.Abs(_length);
        _keep = Math.Exp(-faded);
        _noise = Math.Sqrt(_bath.Temperature * -double.ExpM1(-2 * faded));
    }

    private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
    {
        rows.Kick(first, count, _length / 2 * _factor);
        if (!_isOpening) return;
        rows.Drift(first, count, _length / 2);
        if (_bath.Friction > 0)
        {
            for (int row = first; row < first + count; row++)
            {
                Velocity v = rows.Velocity(row), random = RandomKick.Of(_bath.Seed, _step, chunk.Entity(row));
                double noise = _noise / Math.Sqrt(rows.Mass(row));
                rows.SetVelocity(row, new(_keep * v.X + noise * random.X, _keep * v.Y + noise * random.Y, _keep * v.Z + noise * random.Z));
            }
        }
        rows.Drift(first, count, _length / 2);
    }
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The leapfrog as kick, drift, kick: half a kick and the drift before the field is computed, the other half kick after it. Of order 2, reversible in time
/// and symplectic: while the step keeps its length the energy does not drift, and momentum is kept as well as forces cancel.
/// </summary>
/// <remarks>Hockney and Eastwood, Computer Simulation Using Particles (1981), section 4.4; places and velocities are of the same time after each step, as in the
/// velocity form of Swope, Andersen, Berens and Wilson (1982, J. Chem. Phys. 76, 637).</remarks>
public sealed class Leapfrog : MotionSystem
{
    private readonly double _factor;
    private readonly bool _isOpening;
    private double _length;

    private Leapfrog(World world, MovingBodies bodies, double factor, bool isOpening)
        : base(world, bodies, isOpening ? "LeapfrogDrift" : "LeapfrogKick", isOpening ? AccessKind.Write : AccessKind.Read, AccessKind.Write) => (_factor, _isOpening) = (factor, isOpening);

    /// <summary>Adds both halves to the schedule of a method: the opening before <see cref="ReadEntities"/>, the closing after <see cref="WriteEntities"/>.</summary>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <param name="world">The bodies' world; it needs a <see cref="SimulationClock"/> among its resources when the schedule runs.</param>
    /// <param name="bodies">Which entities move.</param>
    /// <param name="factor">A body's acceleration over the gradient (and over charge / mass, where they are named).</param>
    /// <returns>Their places. What adds a force of its own to the gradients comes after WriteEntities and before the closing.</returns>
    public static (SystemHandle<FmmStep> Opening, SystemHandle<FmmStep> Closing) Add(Schedule<FmmStep> schedule, World world, MovingBodies bodies, double factor) =>
        Place(schedule, Opening(world, bodies, factor), Closing(world, bodies, factor));

    /// <summary>What comes before the field of a step, for a schedule that <see cref="Add"/> does not know.</summary>
    /// <inheritdoc cref="Add"/>
    /// <returns>The system.</returns>
    public static Leapfrog Opening(World world, MovingBodies bodies, double factor) => new(world, bodies, factor, isOpening: true);

    /// <summary>What comes after the field of a step.</summary>
    /// <inheritdoc cref="Opening"/>
    public static Leapfrog Closing(World world, MovingBodies bodies, double factor) => new(world, bodies, factor, isOpening: false);

    private protected override void Begin(SimulationClock clock) => _length = clock.Length;

    private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
    {
        rows.Kick(first, count, _length / 2 * _factor);
        if (_isOpening) rows.Drift(first, count, _length);
    }
}

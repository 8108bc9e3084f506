using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The pusher of Boris for charges in a magnetic field: half an electric kick, a rotation about the field, half an electric kick, and the drift. Of order 2;
/// the rotation keeps the speed to rounding, whatever the length of the step, and the drift across crossed uniform fields is exact.
/// </summary>
/// <remarks>
/// Boris (1970, Proc. 4th Conf. Numerical Simulation of Plasmas, 3); Birdsall and Langdon, Plasma Physics via Computer Simulation (1985), section 4.3. A step's
/// rotation by 2 atan(w h / 2), for a gyration of frequency w and a step h, is cut in its middle: places and velocities are of one time after each step.
/// Take steps of w h below 0.5.
/// </remarks>
public abstract class BorisPusher : MotionSystem
{
    private readonly bool _isOpening;

    private BorisPusher(World world, MovingBodies bodies, bool isOpening)
        : base(world, bodies, isOpening ? "BorisDrift" : "BorisKick", isOpening ? AccessKind.Write : AccessKind.Read, AccessKind.Write) => _isOpening = isOpening;

    /// <summary>Adds both halves to the schedule of a method: the opening before <see cref="ReadEntities"/>, the closing after <see cref="WriteEntities"/>.</summary>
    /// <typeparam name="TField">The field's type: <see cref="MagneticField"/> for a uniform one, or a struct of the host's own.</typeparam>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <param name="world">The bodies' world; it needs a <see cref="SimulationClock"/> among its resources when the schedule runs.</param>
    /// <param name="bodies">Which entities move.</param>
    /// <param name="factor">A body's acceleration over the gradient (and over charge / mass, where they are named).</param>
    /// <param name="field">The magnetic field.</param>
    /// <returns>Their places. What adds a force of its own to the gradients comes after WriteEntities and before the closing.</returns>
    public static (SystemHandle<FmmStep> Opening, SystemHandle<FmmStep> Closing) Add<TField>(
        Schedule<FmmStep> schedule, World world, MovingBodies bodies, double factor, TField field)
        where TField : struct, IMagneticField =>
        Place(schedule, Opening(world, bodies, factor, field), Closing(world, bodies, factor, field));

    /// <summary>What comes before the field of a step, for a schedule that <see cref="Add"/> does not know.</summary>
    /// <inheritdoc cref="Add"/>
    /// <returns>The system.</returns>
    public static BorisPusher Opening<TField>(World world, MovingBodies bodies, double factor, TField field)
        where TField : struct, IMagneticField => new In<TField>(world, bodies, factor, field, isOpening: true);

    /// <summary>What comes after the field of a step.</summary>
    /// <inheritdoc cref="Opening"/>
    public static BorisPusher Closing<TField>(World world, MovingBodies bodies, double factor, TField field)
        where TField : struct, IMagneticField => new In<TField>(world, bodies, factor, field, isOpening: false);

    /// <summary>By the angle atan(|t|) about t: half of the step's rotation, without a division by |t|.</summary>
    private static Velocity Rotated(in Velocity v, double x, double y, double z)
    {
        double root = Math.Sqrt(1 + x * x + y * y + z * z), along = (x * v.X + y * v.Y + z * v.Z) / (1 + root);
        return new(
            (v.X + (v.Y * z - v.Z * y) + along * x) / root,
            (v.Y + (v.Z * x - v.X * z) + along * y) / root,
            (v.Z + (v.X * y - v.Y * x) + along * z) / root);
    }

    private sealed class In<TField>(World world, MovingBodies bodies, double factor, TField field, bool isOpening) : BorisPusher(world, bodies, isOpening)
        where TField : struct, IMagneticField
    {
        private double _length;
        private double _time;

        private protected override void Begin(SimulationClock clock) =>
            (_length, _time) = (clock.Length, _isOpening ? clock.Time : clock.Time + clock.Length);

        private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
        {
            double kick = _length / 2 * factor;
            if (!_isOpening) rows.Kick(first, count, kick);
            for (int row = first; row < first + count; row++)
            {
                MagneticField b = field.At(rows.Position(row), _time);
                double half = _length / 2 * rows.ChargeOverMass(row);
                rows.SetVelocity(row, Rotated(rows.Velocity(row), half * b.X, half * b.Y, half * b.Z));
            }
            if (!_isOpening) return;
            rows.Kick(first, count, kick);
            rows.Drift(first, count, _length);
        }
    }
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Chooses the length of each step from the state before it: the <see cref="StepRule"/> for the largest acceleration and the largest speed of all bodies, set
/// on <see cref="SimulationClock"/> before the opening of an integrator reads it.
/// </summary>
/// <remarks>The largest of many does not depend on the order in which they are met: any number of threads gives the same steps. A leapfrog whose steps change is not
/// symplectic any more: its energy drifts with its order. A clock whose length is 0 is left alone, and one that runs backwards goes on doing so.</remarks>
public sealed class AdaptiveStep : MotionSystem
{
    private readonly double _factor;
    private readonly StepRule _rule;
    private long _acceleration;
    private long _speed;

    private AdaptiveStep(World world, MovingBodies bodies, double factor, StepRule rule)
        : base(world, bodies, nameof(AdaptiveStep), AccessKind.Read, AccessKind.Read, new Access().WriteResource<SimulationClock>()) => (_factor, _rule) = (factor, rule);

    /// <summary>Adds it before the opening of an integrator.</summary>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <param name="opening">The place of the integrator's opening, as its Add gives it.</param>
    /// <param name="world">The bodies' world; it needs a <see cref="SimulationClock"/> among its resources when the schedule runs.</param>
    /// <param name="bodies">Which entities move.</param>
    /// <param name="factor">A body's acceleration over the gradient (and over charge / mass, where they are named): the integrator's.</param>
    /// <param name="rule">How long steps may be.</param>
    /// <returns>Its place.</returns>
    /// <exception cref="ArgumentException">The rule is the default value.</exception>
    public static SystemHandle<FmmStep> Add(
        Schedule<FmmStep> schedule, SystemHandle<FmmStep> opening, World world, MovingBodies bodies, double factor, StepRule rule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        rule.Require(nameof(rule));
        return schedule.Add(new AdaptiveStep(world, bodies, factor, rule)).Before(opening);
    }

    private protected override void Begin(SimulationClock clock) => (_acceleration, _speed) = (0, 0);

    private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
    {
        double acceleration = 0, speed = 0;
        for (int row = first; row < first + count; row++)
        {
            acceleration = Math.Max(acceleration, rows.Acceleration2(row, _factor));
            speed = Math.Max(speed, rows.Speed2(row));
        }
        Raise(ref _acceleration, acceleration);
        Raise(ref _speed, speed);
    }

    private protected override void End(SimulationClock clock)
    {
        double length = _rule.Of(BitConverter.Int64BitsToDouble(_acceleration), BitConverter.Int64BitsToDouble(_speed));
        clock.SetLength(clock.Length < 0 ? -length : length);
    }

    // The bits of numbers that are not negative are in the numbers' order, and what is no number comes last.
    private static void Raise(ref long largest, double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value) & long.MaxValue, seen;
        while (bits > (seen = Volatile.Read(ref largest)))
            if (Interlocked.CompareExchange(ref largest, bits, seen) == seen) return;
    }
}

namespace Fmm.Systems;

/// <summary>
/// Resource: where a simulation is in time. Integrators read <see cref="Length"/>; whoever runs the loop calls <see cref="Advance"/> after each step.
/// </summary>
/// <param name="length">Length of a step, in the user's unit of time; 0 lets no time pass.</param>
public sealed class SimulationClock(double length = 0)
{
    private double _start;
    private long _since;

    /// <summary>Steps that have ended.</summary>
    public long Steps { get; private set; }

    /// <summary>Time after those steps; a multiplication where steps are equal, so that it does not drift with their number.</summary>
    public double Time => _start + ((Steps - _since) * Length);

    /// <summary>Length of the step that runs or comes next.</summary>
    public double Length { get; private set; } = RequireFinite(length);

    /// <summary>Sets the length of the steps to come.</summary>
    /// <param name="length">A finite number; negative runs backwards.</param>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public void SetLength(double length)
    {
        if (RequireFinite(length) == Length) return;
        (_start, _since) = (Time, Steps);
        Length = length;
    }

    /// <summary>A step has ended.</summary>
    public void Advance() => Steps++;

    /// <summary>Goes on from a saved place.</summary>
    /// <param name="state">What <see cref="Save"/> gave.</param>
    public void Restore(in ClockState state) => (Steps, Length, _start, _since) = (state.Steps, state.Length, state.Start, state.Since);

    /// <summary>All of it, for a checkpoint.</summary>
    public ClockState Save() => new(Steps, Length, _start, _since);

    private static double RequireFinite(double length) =>
        double.IsFinite(length) ? length : throw new ArgumentException($"A step of length {length} leads nowhere: take a finite number.", nameof(length));
}

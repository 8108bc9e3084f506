namespace Fmm.Systems;

/// <summary>What a <see cref="SimulationClock"/> holds, to the bit.</summary>
/// <param name="Steps">Steps that have ended.</param>
/// <param name="Length">Length of the step that comes next.</param>
/// <param name="Start">Time at which steps of that length began.</param>
/// <param name="Since">Number of steps that had ended then.</param>
public readonly record struct ClockState(long Steps, double Length, double Start, long Since);

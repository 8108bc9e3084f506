namespace Fmm.Components;

/// <summary>
/// What a point that <c>RungeKutta4</c> moves carries from one stage of a step to the next: where the step began, and the weighted sum of the velocities so far. Between steps
/// its content means nothing.
/// </summary>
public record struct RungeKuttaStage
{
    /// <summary>Where the point was when the step began.</summary>
    public Position Start;

    /// <summary>k1 + 2 k2 + 2 k3 of the stages that are over.</summary>
    public Velocity Sum;
}

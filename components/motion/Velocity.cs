namespace Fmm.Components;

/// <summary>The velocity of a point, in the user's units of length and time.</summary>
/// <param name="X">Component along x.</param>
/// <param name="Y">Component along y.</param>
/// <param name="Z">Component along z.</param>
public record struct Velocity(double X, double Y, double Z);

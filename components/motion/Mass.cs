namespace Fmm.Components;

/// <summary>The inertial mass of a point, in the user's unit.</summary>
/// <param name="Value">The mass, above 0.</param>
public record struct Mass(double Value);

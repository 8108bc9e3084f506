namespace Fmm.Samples;

/// <summary>A point of a vortex filament.</summary>
/// <param name="Before">Row of the point before it on the filament.</param>
/// <param name="After">Row of the point after it.</param>
/// <param name="Circulation">The filament's circulation.</param>
public record struct FilamentPoint(int Before, int After, double Circulation);

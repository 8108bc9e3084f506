namespace Fmm.Samples;

/// <summary>Vorticity times volume of a point: what the kernel of Biot and Savart takes of a source.</summary>
/// <param name="X">Component along x.</param>
/// <param name="Y">Component along y.</param>
/// <param name="Z">Component along z.</param>
public record struct Vorticity(double X, double Y, double Z);

namespace Fmm.Samples;

/// <summary>A step of a run on its way.</summary>
/// <param name="Name">What runs.</param>
/// <param name="Fraction">How much of the run is done, from 0 to 1.</param>
public readonly record struct RunProgress(string Name, double Fraction);

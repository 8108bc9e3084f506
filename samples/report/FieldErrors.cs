namespace Fmm.Samples;

/// <summary>Deviation from direct sums at some of the targets.</summary>
/// <param name="PotentialL2">Relative L2 error of the potential.</param>
/// <param name="PotentialLinf">Largest error of the potential over its largest value.</param>
/// <param name="GradientL2">Relative L2 error of the gradient, or null when none was computed.</param>
/// <param name="Samples">Number of targets compared.</param>
public sealed record FieldErrors(double PotentialL2, double PotentialLinf, double? GradientL2, int Samples);

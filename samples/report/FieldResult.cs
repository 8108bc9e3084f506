using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The fields of a run in input order, and how it went.</summary>
/// <param name="Potentials">A number a target.</param>
/// <param name="Gradients">Three numbers a target, or null when none were asked for.</param>
/// <param name="Report">What ran; its seconds are the median's where runs were repeated.</param>
/// <param name="Error">The error against direct sums, or null when none were asked for.</param>
public sealed record FieldResult(double[] Potentials, double[]? Gradients, FmmReport Report, FieldError? Error);

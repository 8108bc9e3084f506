namespace Fmm.Samples;

/// <summary>The fields of a run in input order, and how it went.</summary>
/// <param name="Potentials">A number a target.</param>
/// <param name="Gradients">Three numbers a target, or null when none were asked for.</param>
/// <param name="Summary">What ran and how long it took.</param>
public sealed record FieldResult(double[] Potentials, double[]? Gradients, FieldSummary Summary);

namespace Fmm.Samples;

/// <summary>
/// Ordered Laplace pairs a second of the bare near-field loops in the first-level cache, with the roots that the near field takes up to an
/// order. A mutual evaluation serves two ordered pairs.
/// </summary>
/// <param name="LargestOrder">The largest order that these roots are taken for.</param>
/// <param name="OneWay">Target by target, potential alone.</param>
/// <param name="OneWayGradient">Target by target, with the gradient.</param>
/// <param name="Mutual">Both points of a pair at once, potential alone.</param>
/// <param name="MutualGradient">Both points of a pair at once, with the gradient.</param>
internal sealed record PairRates(int LargestOrder, double OneWay, double OneWayGradient, double Mutual, double MutualGradient);

namespace Fmm.Samples;

/// <summary>The rates of one precision on all threads.</summary>
/// <param name="FmaFlops">Floating-point operations a second of fused multiply-adds in registers; one of them counts as two.</param>
/// <param name="Pairs">Laplace pairs a second, potential alone, of the bare near-field loop in the first-level cache.</param>
/// <param name="GradientPairs">The same with the gradient.</param>
internal sealed record LimitRates(double FmaFlops, double Pairs, double GradientPairs);

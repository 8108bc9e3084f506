namespace Fmm.Systems;

/// <summary>Errors against the direct sum at sampled targets.</summary>
/// <param name="PotentialL2">Relative L2: root of the summed squares of the differences over that of the sums, all components pooled.</param>
/// <param name="PotentialLinf">Largest difference over the largest potential.</param>
/// <param name="GradientL2">Relative L2 of the gradient, all derivatives pooled; null if no gradient was asked for.</param>
/// <param name="Samples">Targets compared.</param>
public readonly record struct FieldError(double PotentialL2, double PotentialLinf, double? GradientL2, int Samples)
{
    /// <summary>Relative L2 of the second derivatives, all six pooled; null if they were not asked for.</summary>
    public double? HessianL2 { get; init; }

    /// <summary>The larger of each error; what is no number is larger than all.</summary>
    internal FieldError Or(FieldError other) => new(
        Math.Max(PotentialL2, other.PotentialL2), Math.Max(PotentialLinf, other.PotentialLinf),
        GradientL2 is double gradient ? Math.Max(gradient, other.GradientL2 ?? gradient) : other.GradientL2, Samples)
    {
        HessianL2 = HessianL2 is double hessian ? Math.Max(hessian, other.HessianL2 ?? hessian) : other.HessianL2,
    };
}

namespace Fmm.Components;

/// <summary>
/// The charge of a host's entity, for kernels that take one number a source: whatever the kernel sums, a mass or a charge, in the host's unit.
/// </summary>
/// <remarks>
/// The method only reads it. The field of a charge is the kernel times it, with the kernel's own normalisation: for Laplace
/// <c>Value / (4 pi r)</c>. A host may have a struct of its own in its place (<c>FmmEntities.Charges</c>), of as many doubles as the
/// kernel takes.
/// </remarks>
public record struct Charge
{
    /// <summary>The charge; finite.</summary>
    public double Value;

    /// <summary>A charge.</summary>
    /// <param name="value">Its strength; finite.</param>
    public Charge(double value) => Value = value;
}

namespace Fmm.Components;

/// <summary>
/// The potential at a host's entity, for kernels that give one number a target: the sum over all sources of kernel times charge, in the
/// host's units.
/// </summary>
/// <remarks>
/// Written by the update's last system; what stood there before is replaced. The normalisation is the kernel's own: for Laplace the sum of
/// <c>q / (4 pi r)</c>. A source at distance zero, as each point is to itself, contributes nothing. A host may have a struct of its
/// own in its place (<c>FmmEntities.Potentials</c>), of as many doubles as the kernel gives.
/// </remarks>
public record struct Potential
{
    /// <summary>The sum.</summary>
    public double Value;

    /// <summary>A potential.</summary>
    /// <param name="value">The sum.</param>
    public Potential(double value) => Value = value;
}

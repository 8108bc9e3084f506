namespace Fmm.Components;

/// <summary>
/// The derivatives of the <see cref="Potential"/> at a host's entity, by the entity's own coordinates, in the host's units: for Laplace the
/// sum of <c>-q (x - y) / (4 pi r^3)</c>.
/// </summary>
/// <remarks>
/// Written by the update's last system where the options ask for gradients, and left alone otherwise. A source at distance zero
/// contributes nothing. For a kernel of several components a host has a struct of its own in its place (<c>FmmEntities.Gradients</c>): the
/// three derivatives of the first component, then those of the second, and so on.
/// </remarks>
public record struct Gradient
{
    /// <summary>Derivative along x.</summary>
    public double X;

    /// <summary>Derivative along y.</summary>
    public double Y;

    /// <summary>Derivative along z.</summary>
    public double Z;

    /// <summary>A gradient from its three derivatives.</summary>
    /// <param name="x">Derivative along x.</param>
    /// <param name="y">Derivative along y.</param>
    /// <param name="z">Derivative along z.</param>
    public Gradient(double x, double y, double z)
    {
        X = x;
        Y = y;
        Z = z;
    }
}

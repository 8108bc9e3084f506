namespace Fmm.Systems;

/// <summary>Forces on charges in a field: charge times minus the gradient of the potential.</summary>
public static class Forces
{
    /// <summary>
    /// F = -q grad phi for each target of a kernel with one number a source and one a target; in the unit of charge squared over length squared,
    /// with the kernel's own factor. Charges of one sign repel each other under <see cref="Laplace"/>; for masses turn the sign.
    /// </summary>
    /// <param name="charges">The charge at each target. Where the targets are the sources they are those that were evaluated.</param>
    /// <param name="gradients">d/dx, d/dy, d/dz of the potential of each target.</param>
    /// <param name="forces">Receives x, y, z of each force; may be <paramref name="gradients"/> itself.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the memory of <paramref name="forces"/> and another overlaps in part.</exception>
    public static void Of(ReadOnlySpan<double> charges, ReadOnlySpan<double> gradients, Span<double> forces)
    {
        InputRules.Length(nameof(gradients), gradients.Length, charges.Length, 3);
        InputRules.Length(nameof(forces), forces.Length, charges.Length, 3);
        if (forces.Overlaps(charges) || (forces.Overlaps(gradients, out int offset) && offset != 0))
            throw new ArgumentException("The forces overlap the charges, or a part of the gradients: give memory of their own, or all of the gradients'.", nameof(forces));
        for (int i = 0; i < forces.Length; i++) forces[i] = -charges[i / 3] * gradients[i];
    }
}

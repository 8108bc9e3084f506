namespace Fmm.Systems;

/// <summary>
/// The field somewhere is no finite number: larger than 1.8e308, or of sources closer to a target than the powers of their distance in the
/// kernel can be computed.
/// </summary>
public sealed class FieldRangeException : ArithmeticException
{
    /// <summary>The exception for a target.</summary>
    /// <param name="target">The first such target in input order, from 0.</param>
    /// <param name="entity">Which entity it is, to put behind its number; empty where it is none.</param>
    public FieldRangeException(int target, string entity = "")
        : base($"The field at target {target}{entity} has no finite value: it is larger than 1.8e308, or a source lies closer to the target than the kernel's powers of the distance can tell. Take another unit of length or charge, or look at the points near target {target}.") =>
        Target = target;

    /// <summary>The first such target in input order, from 0.</summary>
    public int Target { get; }
}

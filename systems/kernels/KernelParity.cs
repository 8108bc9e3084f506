namespace Fmm.Systems;

/// <summary>
/// How a kernel changes where source and target are exchanged. An even or odd one lets the near field of points that are sources and targets
/// at once take each pair once for both points.
/// </summary>
public enum KernelParity
{
    /// <summary>Neither even nor odd, or not known: always right.</summary>
    None,

    /// <summary>K(-d) = K(d), as for every kernel of the distance alone.</summary>
    Even,

    /// <summary>K(-d) = -K(d), as for the field of a charge, d / |d|^3.</summary>
    Odd,
}

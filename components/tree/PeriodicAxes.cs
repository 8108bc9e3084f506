namespace Fmm.Components;

/// <summary>The axes along which a box repeats.</summary>
[Flags]
public enum PeriodicAxes
{
    /// <summary>None: free space.</summary>
    None = 0,

    /// <summary>Along x.</summary>
    X = 1,

    /// <summary>Along y.</summary>
    Y = 2,

    /// <summary>Along z.</summary>
    Z = 4,

    /// <summary>A slab: along x and y.</summary>
    XY = X | Y,

    /// <summary>All three.</summary>
    XYZ = X | Y | Z,
}

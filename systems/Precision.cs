namespace Fmm.Systems;

/// <summary>Precision of the hot loops. Points, charges and fields go in and out in double precision either way.</summary>
public enum Precision
{
    /// <summary>Single: errors down to about 1e-6, half the memory, twice the speed.</summary>
    Single,

    /// <summary>Double.</summary>
    Double,
}

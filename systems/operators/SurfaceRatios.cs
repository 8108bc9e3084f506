namespace Fmm.Systems;

/// <summary>The half widths of the two surfaces around a box, as multiples of the box's own.</summary>
/// <param name="Inner">Upward equivalent and downward check surface, above 1 so that it encloses the box; 1.05.</param>
/// <param name="Outer">Upward check and downward equivalent surface, below 3 so that it keeps clear of the V list; 2.95.</param>
public readonly record struct SurfaceRatios(double Inner, double Outer)
{
    /// <summary>1.05 and 2.95, the choice of every published code.</summary>
    public static SurfaceRatios Standard => new(1.05, 2.95);
}

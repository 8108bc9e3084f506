namespace Fmm.Systems;

/// <summary>A surface about the origin.</summary>
/// <param name="HalfWidth">Half width of its cube.</param>
/// <param name="Angle">The spacing of its points, <see cref="SurfaceRatios.Angle"/>; 0 is the inner surface's even one.</param>
internal readonly record struct ScaledSurface(double HalfWidth, double Angle)
{
    /// <summary>The inner surface of a box.</summary>
    public static ScaledSurface Inner(ExpansionSizes expansion, double halfWidth) => new(expansion.Ratios.Inner * halfWidth, 0);

    /// <summary>The outer surface of a box.</summary>
    public static ScaledSurface Outer(ExpansionSizes expansion, double halfWidth) => new(expansion.Ratios.Outer * halfWidth, expansion.Ratios.Angle);

    /// <summary>x, y and z of each point.</summary>
    public double[] Coordinates(Surface surface)
    {
        double[] coordinates = new double[3 * surface.Count];
        for (int i = 0; i < coordinates.Length; i++) coordinates[i] = surface.OuterCoordinate(i / 3, i % 3, HalfWidth, Angle);
        return coordinates;
    }
}

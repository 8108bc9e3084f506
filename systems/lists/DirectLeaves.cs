namespace Fmm.Systems;

/// <summary>Which leaves hold so few points that a W or X pair with them is evaluated point by point: what the method sets <see cref="Fmm.Components.TreeSettings.DirectPoints"/> to.</summary>
internal static class DirectLeaves
{
    // A pair of points costs less than one of a point and a surface: no surface is placed, roots are short, and where sources are the
    // targets the pair serves the leaf's X list too. Measured on a million points of a sphere at order 8, leaves of 400: 1 gives 14 ms of
    // M2P, 14 of P2L and 197 of P2P, 2 and more 1, 0 and 209.
    private const int PointsASurfacePoint = 2;

    /// <summary>The most points of such a leaf.</summary>
    /// <param name="surfacePoints">Points of a surface.</param>
    public static int Most(int surfacePoints) => PointsASurfacePoint * surfacePoints;
}

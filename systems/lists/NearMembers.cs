using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Whether a W or X pair is worth an expansion: where the leaf holds few points, direct evaluation costs less than the surface's n_e
/// points would (Malhotra and Biros 2015, section 3). P2P, M2P and P2L all ask here, so that each pair is handled exactly once.
/// </summary>
internal static class NearMembers
{
    // A pair of points costs less than one of a point and a surface: no surface is placed, roots are short, and where sources are the
    // targets the pair serves the leaf's X list too. Measured on a million points of a sphere at order 8, leaves of 400: 1 gives 14 ms of
    // M2P, 14 of P2L and 197 of P2P, 2 and more 1, 0 and 209.
    private const int PointsASurfacePoint = 2;

    /// <summary>The most points of a leaf that is evaluated directly.</summary>
    public static int Most(int surfacePoints) => PointsASurfacePoint * surfacePoints;

    /// <summary>True if a leaf adds the sources of this member of its W list directly.</summary>
    public static bool DirectW(in NodeLinks member, in SourceRange sources, int surfacePoints) =>
        member.FirstChild < 0 && sources.Count <= Most(surfacePoints);

    /// <summary>True if a node adds the sources of all members of its X list directly.</summary>
    public static bool DirectX(in NodeLinks node, in TargetRange targets, int surfacePoints) =>
        node.FirstChild < 0 && targets.Count <= Most(surfacePoints);
}

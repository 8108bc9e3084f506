using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Whether a W or X pair is worth an expansion: where the leaf holds at most n_e points, direct evaluation costs less than
/// the surface's n_e points would (Malhotra and Biros 2015, section 3). P2P, M2P and P2L all ask here, so that each pair is
/// handled exactly once.
/// </summary>
internal static class NearMembers
{
    /// <summary>True if a leaf adds the sources of this member of its W list directly.</summary>
    public static bool DirectW(in NodeLinks member, in SourceRange sources, int surfacePoints) =>
        member.FirstChild < 0 && sources.Count <= surfacePoints;

    /// <summary>True if a node adds the sources of all members of its X list directly.</summary>
    public static bool DirectX(in NodeLinks node, in TargetRange targets, int surfacePoints) =>
        node.FirstChild < 0 && targets.Count <= surfacePoints;
}

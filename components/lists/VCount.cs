namespace Fmm.Components;

/// <summary>
/// Size of a node's V list: children of its parent's colleagues that hold sources and do not touch it; 0 for a node without targets. The
/// members themselves are found by octet, in <see cref="OctetTable"/>.
/// </summary>
public struct VCount
{
    /// <summary>Number of members, at most 189.</summary>
    public int Value;
}

namespace Fmm.Components;

/// <summary>
/// The 63-bit Morton key of a sorted point: 21 bits an axis, x lowest. The key of the node of level l that holds the point is the
/// value shifted right by 3 (21 - l).
/// </summary>
internal struct PointKey
{
    /// <summary>Key at the deepest level, 21.</summary>
    public ulong Value;
}

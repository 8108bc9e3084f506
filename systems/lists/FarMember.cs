namespace Fmm.Systems;

/// <summary>A member of a node's V list.</summary>
/// <param name="Row">The member's row, on the node's own level.</param>
/// <param name="X">Its centre minus the node's along x, in widths of a box: -3 to 3.</param>
/// <param name="Y">The same along y.</param>
/// <param name="Z">The same along z.</param>
public readonly record struct FarMember(int Row, int X, int Y, int Z);

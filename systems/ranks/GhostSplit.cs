namespace Fmm.Systems;

/// <summary>A node with children, as one rank tells it another: which of them hold sources of that rank.</summary>
/// <param name="Key">The node's key.</param>
/// <param name="Level">Its level.</param>
/// <param name="Sources">A bit an octant.</param>
internal readonly record struct GhostSplit(ulong Key, int Level, int Sources);

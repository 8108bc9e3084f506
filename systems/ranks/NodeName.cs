namespace Fmm.Systems;

/// <summary>A node as ranks name it to each other: rows are their own.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Level">Its level.</param>
internal readonly record struct NodeName(ulong Key, long Level);

namespace Fmm.Systems;

/// <summary>Where a node stands in this world.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Row">Its row.</param>
internal readonly record struct NodePlace(int Level, int Row);

namespace Fmm.Systems;

/// <summary>A leaf whose sources another rank needs, as its rank tells it.</summary>
/// <param name="Key">The leaf's key.</param>
/// <param name="Level">Its level.</param>
/// <param name="Count">Its sources, which come in Morton order behind those of the leaves before.</param>
internal readonly record struct GhostLeaf(ulong Key, int Level, int Count);

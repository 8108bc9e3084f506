namespace Fmm.Systems;

/// <summary>What one system had to do in the last evaluation.</summary>
/// <param name="System">Its name.</param>
/// <param name="Pairs">Pairs that it counted; 0 where it counts none.</param>
/// <param name="Flops">Floating-point operations that it counted; 0 where it counts none.</param>
/// <param name="Bytes">
/// Bytes of the columns that it declares, each once. Operations by these bytes are the largest arithmetic intensity that it can have (Williams,
/// Waterman and Patterson 2009, compulsory traffic); operators' matrices, which stay in caches, are not among them.
/// </param>
public sealed record SystemWork(string System, long Pairs, long Flops, long Bytes);

namespace Fmm.Engine;

/// <summary>A message under way; an <see cref="IRanks"/> of its rank tells when it is done.</summary>
/// <param name="Number">Its number among those of its rank, from 1 on.</param>
public readonly record struct RankMessage(long Number);

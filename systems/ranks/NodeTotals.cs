namespace Fmm.Systems;

/// <summary>What all ranks together have in a node.</summary>
/// <param name="Sources">Sources.</param>
/// <param name="Targets">Targets.</param>
/// <param name="Coincide">Whether its sources lie in one cell of level 21, and its targets, too: it is not split then.</param>
internal readonly record struct NodeTotals(long Sources, long Targets, bool Coincide);

namespace Fmm.Systems;

/// <summary>A run of rows of one level, or of entries of a list of such rows: the unit of work of most operators.</summary>
/// <param name="Level">Level of the nodes.</param>
/// <param name="Start">First.</param>
/// <param name="Count">Number.</param>
internal readonly record struct RowRun(int Level, int Start, int Count);

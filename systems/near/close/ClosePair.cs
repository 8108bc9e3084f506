namespace Fmm.Systems;

/// <summary>Two points of a sum that lie close together.</summary>
/// <param name="Row">The first, among the rows.</param>
/// <param name="Column">The second, among the columns.</param>
internal readonly record struct ClosePair(int Row, int Column);

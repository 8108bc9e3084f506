namespace Fmm.Systems;

/// <summary>Some targets of one leaf: the smallest piece of near-field work.</summary>
/// <param name="Level">Level of the leaf.</param>
/// <param name="Row">Row of the leaf.</param>
/// <param name="Start">First target.</param>
/// <param name="Count">Targets.</param>
internal readonly record struct NearRun(int Level, int Row, int Start, int Count);

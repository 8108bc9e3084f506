namespace Fmm.Components;

/// <summary>A run of octets of one level: a unit of work over the tree that does not depend on the thread count.</summary>
/// <param name="Level">The level of the octets' nodes, 1 or deeper.</param>
/// <param name="Start">First octet.</param>
/// <param name="End">The octet after the last.</param>
internal readonly record struct OctetRun(int Level, int Start, int End);

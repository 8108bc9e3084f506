namespace Fmm.Systems;

/// <summary>
/// Points behind a unit of mutual near-field work that its pairs reach: their sums wait in the spill until all units are done.
/// </summary>
/// <param name="Start">First point.</param>
/// <param name="Count">Points of one leaf.</param>
/// <param name="Node">The leaf's number: its row behind those of all levels above.</param>
/// <param name="Offset">Where its sums begin among those of its unit's spill.</param>
internal readonly record struct SpillRun(int Start, int Count, int Node, int Offset) : IComparable<SpillRun>
{
    /// <summary>Ascending by first point.</summary>
    public int CompareTo(SpillRun other) => Start.CompareTo(other.Start);
}

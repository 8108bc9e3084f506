namespace Fmm.Systems;

/// <summary>
/// Points of other units that a unit's pairs reach. A unit may not write their sums while their own unit does: it keeps what it has for them
/// in memory of its own, its spill, until all units are done.
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

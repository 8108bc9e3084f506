using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Resource: how the work over a tree is cut. Units depend on the tree and the order alone, never on the number of threads,
/// so that every sum keeps its shape.
/// </summary>
internal sealed class WorkPlan(Ledger ledger) : IDisposable
{
    /// <summary>Nodes that one batch of matrix products takes at once.</summary>
    public const int Batch = 48;

    /// <summary>Most points of a <see cref="NearRun"/>.</summary>
    public const int RowsARun = 512;

    /// <summary>Rows of all leaves, level by level, holes among them.</summary>
    public NativeBuffer<int> Leaves { get; } = new(ledger, "plan: leaves");

    /// <summary>Batches of <see cref="Leaves"/>, none across two levels.</summary>
    public NativeBuffer<RowRun> LeafBatches { get; } = new(ledger, "plan: leaf batches");

    /// <summary>Batches of octets: octet k of a level is the children of the k-th split node above.</summary>
    public NativeBuffer<RowRun> OctetBatches { get; } = new(ledger, "plan: octet batches");

    /// <summary>First of a level's <see cref="OctetBatches"/>; one entry more than levels.</summary>
    public NativeBuffer<int> OctetBatchOfLevel { get; } = new(ledger, "plan: octet batches of levels");

    /// <summary>Groups of octets that M2L transforms together.</summary>
    public NativeBuffer<RowRun> TransferBlocks { get; } = new(ledger, "plan: transfer blocks");

    /// <summary>Pieces of near-field work.</summary>
    public NativeBuffer<NearRun> NearRuns { get; } = new(ledger, "plan: near runs");

    /// <summary>First of <see cref="NearRuns"/> of each unit of about equal cost; one entry more than units.</summary>
    public NativeBuffer<int> NearUnits { get; } = new(ledger, "plan: near units");

    /// <summary>
    /// Whether each pair is evaluated once for both its points. Then runs ascend by point, and the pairs of a run are those with the points
    /// behind it.
    /// </summary>
    public bool Mutual { get; internal set; }

    /// <summary>Mutual units only: what their pairs reach in other units, unit by unit, ascending by point.</summary>
    internal NativeBuffer<SpillRun> Spill { get; } = new(ledger, "plan: spill");

    /// <summary>First of <see cref="Spill"/> of each unit; one entry more than units.</summary>
    internal NativeBuffer<int> SpillOfUnit { get; } = new(ledger, "plan: spill of units");

    /// <summary><see cref="SpillStride"/> of all units before; one entry more than units.</summary>
    internal NativeBuffer<long> SpillPoints { get; } = new(ledger, "plan: spill points");

    /// <summary>Most points of a mutual unit.</summary>
    internal int WidestUnit { get; set; }

    /// <summary>Pairs of a target and a source that the near field evaluates.</summary>
    public long NearPairs { get; internal set; }

    // 128 MB of potentials in double precision.
    private const double FewSums = 1 << 24;

    // As many as there are units of leaves of the usual size, each with every later point.
    private const double SumsAPoint = 64;

    /// <summary>
    /// Whether sums that wait in spills are so many that each point had better take its sources by itself: where a leaf holds many thousands of points, their
    /// number grows with the square of it.
    /// </summary>
    /// <param name="sums">Points in all spills.</param>
    /// <param name="points">Points.</param>
    internal static bool IsTooWide(double sums, double points) => sums > FewSums && sums > SumsAPoint * points;

    /// <inheritdoc/>
    public void Dispose()
    {
        Leaves.Dispose();
        LeafBatches.Dispose();
        OctetBatches.Dispose();
        OctetBatchOfLevel.Dispose();
        TransferBlocks.Dispose();
        NearRuns.Dispose();
        NearUnits.Dispose();
        Spill.Dispose();
        SpillOfUnit.Dispose();
        SpillPoints.Dispose();
    }

    /// <summary>The first point of a mutual unit.</summary>
    internal unsafe int UnitStart(int unit) => NearRuns.Pointer[NearUnits.Pointer[unit]].Start;

    /// <summary>The point behind a mutual unit.</summary>
    internal unsafe int UnitEnd(int unit)
    {
        NearRun last = NearRuns.Pointer[NearUnits.Pointer[unit + 1] - 1];
        return last.Start + last.Count;
    }

    /// <summary>Room for the sums of so many points: whole registers of 512 bits are read and written from any of them on.</summary>
    internal static int Padded(int points) => (points + 31) / 16 * 16;

    /// <summary>Numbers from one column of sums in a unit's spill to the next; 0 for none.</summary>
    internal unsafe int SpillStride(int unit)
    {
        int end = SpillOfUnit.Pointer[unit + 1];
        if (end == SpillOfUnit.Pointer[unit]) return 0;
        SpillRun last = Spill.Pointer[end - 1];
        return Padded(last.Offset + last.Count);
    }
}

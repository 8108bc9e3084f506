using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Some blocks of target octets that share their operators, and the source octets that act on them: the same ones and those around them.
/// Sources have places in the order in which they are first met.
/// </summary>
internal sealed unsafe class SpectrumWindow(Ledger ledger) : IDisposable
{
    private readonly NativeBuffer<int> _places = new(ledger, "M2L: places of octets");
    private readonly NativeBuffer<RowRun> _sources = new(ledger, "M2L: source octets of a window");
    private readonly int[] _firstOctet = new int[Morton.MaxLevel + 2];

    /// <summary>First of <see cref="WorkPlan.TransferBlocks"/>.</summary>
    public int FirstBlock { get; private set; }

    /// <summary>Blocks.</summary>
    public int BlockCount { get; private set; }

    /// <summary>Source octets.</summary>
    public int SourceCount { get; private set; }

    /// <summary>The octet in a place: its level and number.</summary>
    public RowRun Source(int place) => _sources.Pointer[place];

    /// <summary>The places of a level's octets.</summary>
    public int* Places(int level) => _places.Pointer + _firstOctet[level];

    /// <summary>Makes room for a tree's octets.</summary>
    public void Prepare(TreeShape shape)
    {
        int octets = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            _firstOctet[level] = octets;
            octets += shape.OctetCount(level);
        }
        _places.Resize(octets);
        _places.Span.Fill(-1);
        SourceCount = 0;
    }

    /// <summary>Takes blocks from one on, until they have more octets than wanted or their operators change.</summary>
    public void Collect<TOperators>(WorkPlan plan, OctetTable table, LevelSet<TOperators> operators, int firstBlock, int octets)
        where TOperators : class, ILevelOperators<TOperators>
    {
        for (int i = 0; i < SourceCount; i++) Places(Source(i).Level)[Source(i).Start] = -1;
        FirstBlock = firstBlock;
        SourceCount = 0;
        int end = firstBlock;
        for (int taken = 0; end < plan.TransferBlocks.Length && taken < octets; end++)
        {
            RowRun block = plan.TransferBlocks.Pointer[end];
            if (operators[block.Level] != operators[plan.TransferBlocks.Pointer[firstBlock].Level]) break;
            taken += block.Count;
            Add(block, table.Neighbours(block.Level).Pointer);
        }
        BlockCount = end - firstBlock;
    }

    public void Dispose()
    {
        _places.Dispose();
        _sources.Dispose();
    }

    private void Add(RowRun block, int* neighbours)
    {
        int* places = Places(block.Level);
        neighbours += (nint)block.Start * TransferVectors.OctetCount;
        for (int i = 0; i < block.Count * TransferVectors.OctetCount; i++)
        {
            int octet = neighbours[i];
            if (octet < 0 || places[octet] >= 0) continue;
            if (SourceCount == _sources.Length) _sources.Resize((2 * SourceCount) + 64, keep: true);
            places[octet] = SourceCount;
            _sources.Pointer[SourceCount++] = new RowRun(block.Level, octet, 1);
        }
    }
}

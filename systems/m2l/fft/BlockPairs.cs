using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The octet pairs of one M2L block, by direction, and the source octets that take part: each worker fills its own.
/// Sources get slots in the order in which they first occur.
/// </summary>
internal sealed unsafe class BlockPairs(Ledger ledger) : IDisposable
{
    private readonly NativeBuffer<int> _slotOfOctet = new(ledger, "M2L: slots of octets");
    private readonly NativeBuffer<int> _sources = new(ledger, "M2L: source octets");
    private readonly NativeBuffer<int> _pairs = new(ledger, "M2L: octet pairs");
    private readonly int[] _first = new int[TransferVectors.OctetCount + 1];

    /// <summary>Source octets that take part.</summary>
    public int SourceCount { get; private set; }

    /// <summary>The octets in the slots.</summary>
    public int* Sources => _sources.Pointer;

    /// <summary>First pair of a direction; entry 26 is the number of pairs.</summary>
    public int First(int direction) => _first[direction];

    /// <summary>Slot of the source, and place of the target in the block, of a direction's pairs.</summary>
    public int* Pairs(int direction) => _pairs.Pointer + (2 * _first[direction]);

    /// <summary>Makes room for a level of so many octets.</summary>
    public void Prepare(int octets)
    {
        if (_slotOfOctet.Length >= octets) return;
        _slotOfOctet.Resize(octets);
        _slotOfOctet.Span.Fill(-1);
    }

    /// <summary>Collects the pairs of a block of target octets.</summary>
    /// <param name="neighbours">26 a target octet of the level.</param>
    /// <param name="block">The block.</param>
    /// <param name="active">Which of the block's octets have targets.</param>
    public void Collect(int* neighbours, RowRun block, ReadOnlySpan<bool> active)
    {
        _pairs.Resize(2 * TransferVectors.OctetCount * block.Count);
        _sources.Resize(TransferVectors.OctetCount * block.Count);
        int pairs = 0;
        SourceCount = 0;
        for (int direction = 0; direction < TransferVectors.OctetCount; direction++)
        {
            _first[direction] = pairs;
            for (int i = 0; i < block.Count; i++)
            {
                int octet = active[i] ? neighbours[((nint)(block.Start + i) * TransferVectors.OctetCount) + direction] : -1;
                if (octet < 0) continue;
                ref int slot = ref _slotOfOctet.Pointer[octet];
                if (slot < 0)
                {
                    slot = SourceCount;
                    _sources.Pointer[SourceCount++] = octet;
                }
                _pairs.Pointer[2 * pairs] = slot;
                _pairs.Pointer[(2 * pairs) + 1] = i;
                pairs++;
            }
        }
        _first[TransferVectors.OctetCount] = pairs;
        for (int i = 0; i < SourceCount; i++) _slotOfOctet.Pointer[_sources.Pointer[i]] = -1;
    }

    /// <summary>Replaces octets and slots by where the octets' numbers stand: the place of an octet times a stride.</summary>
    public void Place(int* places, nint stride)
    {
        for (int i = 0; i < SourceCount; i++) _sources.Pointer[i] = checked((int)(places[_sources.Pointer[i]] * stride));
        for (int i = 0; i < _first[TransferVectors.OctetCount]; i++) _pairs.Pointer[2 * i] = _sources.Pointer[_pairs.Pointer[2 * i]];
    }

    public void Dispose()
    {
        _slotOfOctet.Dispose();
        _sources.Dispose();
        _pairs.Dispose();
    }
}

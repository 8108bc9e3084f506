using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>What the units of a near field met on their way, added up in a fixed order.</summary>
internal sealed unsafe class NearOutcome(Ledger ledger) : IDisposable
{
    private const long Beyond = long.MaxValue;

    // So many close pairs a point cost less than the near field in more digits would.
    private const double MostAPoint = 0.5;
    private const int MostAtAll = 256;
    private readonly NativeBuffer<long> _pairs = new(ledger, "P2P: close pairs of units");

    public void Begin(int units)
    {
        _pairs.Resize(units);
        _pairs.Clear();
    }

    /// <summary>Notes a unit's close pairs, or that it went beyond what the working precision can do.</summary>
    public void Note(int unit, long pairs, bool isBeyond) => _pairs.Pointer[unit] = isBeyond ? Beyond : pairs;

    /// <summary>Whether the field holds as it is.</summary>
    public bool Holds(int points)
    {
        double pairs = 0;
        for (int i = 0; i < _pairs.Length; i++) pairs += _pairs.Pointer[i];
        return pairs <= MostAtAll + (MostAPoint * points);
    }

    public void Dispose() => _pairs.Dispose();
}

namespace Fmm.Systems;

/// <summary>A choice of the leaf capacity, and the points that it was made for.</summary>
internal sealed class LeafRecord
{
    private readonly CloudProfile _sources = new();
    private readonly CloudProfile _targets = new();
    private bool _shared;

    /// <summary>Whether a choice was made.</summary>
    public bool IsMade { get; set; }

    /// <summary>Charge vectors that it was made for.</summary>
    public int Vectors { get; set; } = 1;

    /// <summary>The capacity.</summary>
    public int Capacity { get; set; }

    /// <summary>Predicted seconds of the near field.</summary>
    public double NearSeconds { get; set; }

    /// <summary>Predicted seconds of the rest.</summary>
    public double FarSeconds { get; set; }

    /// <summary>Looks at points that a choice may be made for.</summary>
    public void Read(in PointKeys points)
    {
        IsMade = false;
        _shared = points.Shared;
        _sources.Read(points.Sources);
        if (!_shared) _targets.Read(points.Targets);
    }

    /// <summary>Tells whether this choice serves the points of another record, too.</summary>
    public bool Serves(LeafRecord other) =>
        IsMade && Vectors == other.Vectors && _shared == other._shared && other._sources.IsLike(_sources) && (_shared || other._targets.IsLike(_targets));
}

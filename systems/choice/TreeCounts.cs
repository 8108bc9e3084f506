namespace Fmm.Systems;

/// <summary>
/// What a tree of some leaf capacity asks of the operators, estimated from a sample of its points before any tree stands.
/// </summary>
internal struct TreeCounts
{
    /// <summary>Pairs of a target and a source of its leaf's U list.</summary>
    public double NearPairs;

    /// <summary>Pairs of a point and a surface point of M2P and P2L.</summary>
    public double MixedPairs;

    /// <summary>Sources of touching leaves, summed over leaves: the textbook's U lists, without what else acts directly.</summary>
    public double NearSources;

    /// <summary>Touching leaves, summed over leaves.</summary>
    public double NearMembers;

    /// <summary>Octets: split nodes.</summary>
    public double Octets;

    /// <summary>Pairs of neighbouring octets that have a far field.</summary>
    public double OctetPairs;

    /// <summary>Leaves that hold a point.</summary>
    public double Leaves;

    /// <summary>Adds another part of the sample.</summary>
    public void Add(in TreeCounts other)
    {
        NearPairs += other.NearPairs;
        MixedPairs += other.MixedPairs;
        NearSources += other.NearSources;
        NearMembers += other.NearMembers;
        Octets += other.Octets;
        OctetPairs += other.OctetPairs;
        Leaves += other.Leaves;
    }
}

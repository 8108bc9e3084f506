namespace Fmm.Components;

/// <summary>What the eight nodes of an octet hold: bit c stands for octant c.</summary>
internal struct OctetMasks
{
    /// <summary>Nodes with sources in their subtree.</summary>
    public byte Sources;

    /// <summary>Nodes with targets in their subtree.</summary>
    public byte Targets;

    /// <summary>Nodes that have children.</summary>
    public byte Split;

    /// <summary>
    /// Leaves with so few sources, all of them in this world's rows, that they act directly on the leaves whose W lists they would stand in
    /// (<see cref="TreeSettings.DirectPoints"/>).
    /// </summary>
    public byte FewSources;

    /// <summary>Leaves with so few targets, all of them in this world's rows, that all members of their X lists act on them directly.</summary>
    public byte FewTargets;

    /// <summary>Leaves with sources.</summary>
    public readonly int SourceLeaves => Sources & ~Split;

    /// <summary>Leaves with targets.</summary>
    public readonly int TargetLeaves => Targets & ~Split;
}

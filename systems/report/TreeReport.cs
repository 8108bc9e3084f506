namespace Fmm.Systems;

/// <summary>The tree of the last update.</summary>
/// <param name="Depth">Deepest level.</param>
/// <param name="Nodes">Nodes that hold a point.</param>
/// <param name="Leaves">Leaves that hold a point.</param>
/// <param name="MeanU">Members of U lists a leaf with targets: touching leaves, and those of few points that act directly.</param>
/// <param name="MeanV">Members of V lists a node with targets.</param>
/// <param name="MeanW">Members of W lists a leaf with targets: those that M2P takes.</param>
/// <param name="MeanX">Members of X lists a node with targets: those that P2L takes.</param>
public sealed record TreeReport(int Depth, int Nodes, int Leaves, double MeanU, double MeanV, double MeanW, double MeanX)
{
    /// <summary>
    /// Leaves at <see cref="FmmOptions.MaxLevel"/> that hold more than the leaf capacity: they would have been split but for that option. 0 where no level
    /// was given, or none stopped there.
    /// </summary>
    public int FullLeaves { get; init; }

    /// <summary>Most sources, or targets, of one of <see cref="FullLeaves"/>; 0 where there are none.</summary>
    public int FullestLeaf { get; init; }
}

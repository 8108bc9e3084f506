namespace Fmm.Systems;

/// <summary>The tree of the last update.</summary>
/// <param name="Depth">Deepest level.</param>
/// <param name="Nodes">Nodes that hold a point.</param>
/// <param name="Leaves">Leaves that hold a point.</param>
/// <param name="MeanU">Members of U lists a leaf with targets: touching leaves, and those of few points that act directly.</param>
/// <param name="MeanV">Members of V lists a node with targets.</param>
/// <param name="MeanW">Members of W lists a leaf with targets: those that M2P takes.</param>
/// <param name="MeanX">Members of X lists a node with targets: those that P2L takes.</param>
public sealed record TreeReport(int Depth, int Nodes, int Leaves, double MeanU, double MeanV, double MeanW, double MeanX);

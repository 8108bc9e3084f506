namespace Fmm.Systems;

/// <summary>A level of the tree of the last update.</summary>
/// <param name="Level">The level; 0 is the root's.</param>
/// <param name="Nodes">Nodes that hold a point.</param>
/// <param name="Leaves">Leaves that hold a point.</param>
/// <param name="LargestLeaf">Sources and targets of the fullest leaf; a point that is both counts once.</param>
/// <param name="U">Lists of its leaves with targets: who acts directly.</param>
/// <param name="V">Lists of its nodes with targets: whose multipoles M2L takes.</param>
/// <param name="W">Lists of its leaves with targets: whose multipoles M2P takes.</param>
/// <param name="X">Lists of its nodes with targets: whose sources P2L takes.</param>
public sealed record LevelReport(int Level, int Nodes, int Leaves, int LargestLeaf, ListSizes U, ListSizes V, ListSizes W, ListSizes X);

namespace Fmm.Components;

/// <summary>
/// Tag of the block column of downward check potentials, one row a node: n_e numbers a component, for the points of the node's inner
/// surface. They are added up from M2L, P2L and the parent, and turned into a density once, where it is needed. As with
/// <see cref="Multipole"/>, what is stored is read and written by <c>ExpansionView</c>.
/// </summary>
/// <remarks>Written by M2L, P2L and L2L in this order; read by L2L (inner nodes) and L2P (leaves).</remarks>
internal struct Local;

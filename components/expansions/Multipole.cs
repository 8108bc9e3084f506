namespace Fmm.Components;

/// <summary>
/// Tag of the block column of upward equivalent densities, one row a node: n_e numbers a component, for the points of the node's inner
/// surface. How they are stored (sorted by parity under the mirrors of a box, times a power of the node's half width, in a unit of charge) is
/// the method's own business and may change: <c>ExpansionView</c> gives and takes them in plain order and the user's units.
/// </summary>
/// <remarks>Written by P2M (leaves) and M2M (the others); gathered by M2M, M2L and M2P.</remarks>
internal struct Multipole;

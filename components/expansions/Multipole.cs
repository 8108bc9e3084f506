namespace Fmm.Components;

/// <summary>
/// Tag of the block column of upward equivalent densities, one row a node: n_e numbers a component, component-major, on the
/// inner surface. With a homogeneous kernel of degree g they are held times h^g, h the node's half width.
/// </summary>
/// <remarks>Written by P2M (leaves) and M2M (the others); gathered by M2M, M2L and M2P.</remarks>
public struct Multipole;

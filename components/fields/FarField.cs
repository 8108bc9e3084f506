namespace Fmm.Components;

/// <summary>
/// Tag of the block column of fields that expansions give, one row a target in Morton order: the potential's components,
/// then, if gradients are asked for, the three derivatives of each.
/// </summary>
/// <remarks>Written by L2P, then M2P; read by GatherFields.</remarks>
internal struct FarField;

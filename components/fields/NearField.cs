namespace Fmm.Components;

/// <summary>Tag of the block column of fields that near sources give directly; laid out as <see cref="FarField"/>.</summary>
/// <remarks>Written by P2P; read by GatherFields.</remarks>
internal struct NearField;

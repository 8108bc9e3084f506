namespace Fmm.Components;

/// <summary>Tag of the block column of charges, one row a source in Morton order: the kernel's source components.</summary>
/// <remarks>Written by PlaceCharges; read by P2M, P2L and P2P.</remarks>
internal struct SourceCharge;

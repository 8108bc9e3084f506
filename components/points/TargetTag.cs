namespace Fmm.Components;

/// <summary>Marks the rows at which the field is wanted. When sources and targets are the same points, one archetype has both tags.</summary>
internal struct TargetTag;

namespace Fmm.Components;

/// <summary>Marks the rows that carry charges. When sources and targets are the same points, one archetype has both tags.</summary>
internal struct SourceTag;

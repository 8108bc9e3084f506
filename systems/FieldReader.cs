namespace Fmm.Systems;

/// <summary>Reads the fields of an evaluation where the method has them, vector after vector; what was not asked for is empty.</summary>
internal delegate void FieldReader(ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians);

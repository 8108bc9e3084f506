namespace Fmm.Systems;

/// <summary>What of the field a loop computes, as a type: the JIT compiles one loop for each.</summary>
internal interface IFieldPart
{
    /// <summary>Whether the gradient is computed beside the potential.</summary>
    static abstract bool Gradient { get; }
}

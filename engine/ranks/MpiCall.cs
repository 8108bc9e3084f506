namespace Fmm.Engine;

/// <summary>A collective call as a rank tells its neighbour: they must be the same.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Bytes">The size of what each gives, or of one element.</param>
internal readonly record struct MpiCall(MpiCallKind Kind, long Bytes)
{
    /// <summary>The call's own name.</summary>
    public string Name => Kind switch
    {
        MpiCallKind.Gather => "Gather",
        MpiCallKind.Exchange => "Exchange",
        MpiCallKind.End => "Dispose",
        _ => "Barrier",
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MpiCallKind.Gather => $"Gather of {Bytes} bytes a rank",
        MpiCallKind.Exchange => $"Exchange of elements of {Bytes} bytes",
        _ => Name,
    };
}

namespace Fmm.Files;

/// <summary>What a reader of points is asked for.</summary>
/// <param name="Components">Numbers of a source, of all charge vectors together.</param>
/// <param name="WithTargets">False where the targets that the file may have are not wanted.</param>
/// <param name="Note">Told in a line what of the file is used otherwise than its user may think.</param>
/// <param name="Rows">Told how many points there are before or while they are read, to refuse more.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record PointRequest(
    int Components, bool WithTargets = true, Action<string>? Note = null, Action<long>? Rows = null, CancellationToken Cancellation = default)
{
    private static readonly string[] _scalar = ["q"];
    private static readonly string[] _complex = ["q_re", "q_im"];
    private static readonly string[] _vector = ["qx", "qy", "qz"];

    /// <summary>The rows that are wanted; targets stand beside the sources then even where they are the same points.</summary>
    public RowShare Share { get; init; } = RowShare.All;

    /// <summary>Charge vectors.</summary>
    public int Vectors { get; init; } = 1;

    /// <summary>What a table calls them; by their number where nothing else is said.</summary>
    public IReadOnlyList<string> ChargeColumns { get; init; } = Names(Components);

    /// <summary>What a table calls the charges of so many numbers.</summary>
    public static IReadOnlyList<string> Names(int components) => components switch { 1 => _scalar, 2 => _complex, _ => _vector };

    /// <summary>The columns of several charge vectors: each name with the vector's number behind it, vector after vector. One vector's are the names.</summary>
    public static IReadOnlyList<string> OfVectors(IReadOnlyList<string> names, int vectors) =>
        vectors == 1 ? names : [.. Enumerable.Range(0, vectors).SelectMany(vector => names.Select(name => $"{name}{vector}"))];
}

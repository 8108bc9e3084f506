namespace Fmm.Systems;

/// <summary>
/// A block of products T_i(x) T_j(y) T_k(z): one i, four j, and three k from 0 on for each of <paramref name="Chunks"/>. Their
/// coefficients lie together, the four j of a k side by side.
/// </summary>
/// <param name="I">Degree along x.</param>
/// <param name="J">First degree along y.</param>
/// <param name="Chunks">Thirds of the number of degrees along z.</param>
/// <param name="Offset">First coefficient.</param>
internal readonly record struct SeriesBlock(int I, int J, int Chunks, int Offset)
{
    /// <summary>Degrees along y.</summary>
    public const int Rows = 4;

    /// <summary>Degrees along z of a chunk.</summary>
    public const int ChunkDegrees = 3;

    /// <summary>Coefficients of a chunk.</summary>
    public const int ChunkLength = Rows * ChunkDegrees;

    /// <summary>Coefficients.</summary>
    public int Length => Chunks * ChunkLength;

    /// <summary>Degrees of one of the coefficients.</summary>
    public (int I, int J, int K) Degrees(int coefficient) => (I, J + (coefficient % Rows), coefficient / Rows);
}

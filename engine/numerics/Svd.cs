namespace Fmm.Engine;

/// <summary>The thin singular value decomposition A = U S V^T of a rows x columns matrix, k = min(rows, columns).</summary>
/// <param name="Rows">Rows of A.</param>
/// <param name="Columns">Columns of A.</param>
/// <param name="U">The left singular vectors: rows x k, row-major, orthonormal columns.</param>
/// <param name="S">The k singular values, descending, none negative.</param>
/// <param name="Vt">The right singular vectors: k x columns, row-major, orthonormal rows.</param>
public sealed record Svd(int Rows, int Columns, double[] U, double[] S, double[] Vt)
{
    /// <summary>The number of singular values, min(rows, columns).</summary>
    public int Count => S.Length;

    /// <summary>The number of singular values above <paramref name="cutoff"/> times the largest.</summary>
    /// <param name="cutoff">Relative to the largest singular value; 0 keeps all that are not zero.</param>
    public int Rank(double cutoff)
    {
        double bound = S.Length == 0 ? 0 : cutoff * S[0];
        int rank = 0;
        while (rank < S.Length && S[rank] > bound) rank++;
        return rank;
    }
}

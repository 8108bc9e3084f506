namespace Fmm.Engine;

/// <summary>The thin singular value decomposition A = U S V^T of a rows x columns matrix, k = min(rows, columns).</summary>
/// <param name="Rows">Rows of A.</param>
/// <param name="Columns">Columns of A.</param>
/// <param name="U">The left singular vectors: rows x k, row-major, orthonormal columns.</param>
/// <param name="S">The k singular values, descending, none negative.</param>
/// <param name="Vt">The right singular vectors: k x columns, row-major, orthonormal rows.</param>
internal sealed record Svd(int Rows, int Columns, double[] U, double[] S, double[] Vt)
{
    /// <summary>The number of singular values, min(rows, columns).</summary>
    public int Count => S.Length;
}

namespace Fmm.Engine;

/// <summary>
/// The pseudo-inverse A+ = V S^-1 U^T of a matrix, truncated at a relative cutoff and kept as two factors that are
/// applied one after the other: x = Right (Left b).
/// </summary>
/// <remarks>
/// The product of the two factors must not be formed: its elements reach 1/s_min, and the cancellation in Left b, on
/// which the accuracy of a solve with a graded spectrum rests, would be lost in their rounding. See Malhotra and Biros,
/// PVFMM (2015), section 3.1, on the check-to-equivalent solve.
/// </remarks>
public sealed class PseudoInverse
{
    private PseudoInverse(int rows, int columns, double cutoff, double[] left, double[] right, double[] singularValues)
    {
        Rows = rows;
        Columns = columns;
        Cutoff = cutoff;
        Left = left;
        Right = right;
        SingularValues = singularValues;
    }

    /// <summary>Rows of A: the length of b.</summary>
    public int Rows { get; }

    /// <summary>Columns of A: the length of x.</summary>
    public int Columns { get; }

    /// <summary>The number of singular values that were kept.</summary>
    public int Rank => SingularValues.Length;

    /// <summary>Singular values of at most this times the largest were dropped.</summary>
    public double Cutoff { get; }

    /// <summary>U^T, rank x rows, row-major: applied first.</summary>
    public double[] Left { get; }

    /// <summary>V S^-1, columns x rank, row-major: applied second.</summary>
    public double[] Right { get; }

    /// <summary>The singular values that were kept, descending.</summary>
    public double[] SingularValues { get; }

    /// <summary>Decomposes A.</summary>
    /// <param name="la">The provider of the singular value decomposition.</param>
    /// <param name="a">A, <paramref name="rows"/> x <paramref name="columns"/>, row-major, without gaps; left as it is.</param>
    /// <param name="rows">Rows of A, at least 1.</param>
    /// <param name="columns">Columns of A, at least 1.</param>
    /// <param name="cutoff">Relative to the largest singular value, in [0, 1): smaller ones count as zero.</param>
    /// <exception cref="ArgumentException">The array's length is not rows x columns, or an element is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff lies outside of [0, 1).</exception>
    public static PseudoInverse Of(ILinearAlgebra la, double[] a, int rows, int columns, double cutoff)
    {
        ArgumentNullException.ThrowIfNull(la);
        if (!(cutoff >= 0 && cutoff < 1))
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "The cutoff is relative to the largest singular value: take one from 0 to below 1.");

        Svd svd = la.Svd(a, rows, columns);
        int rank = svd.Rank(cutoff);
        double[] left = new double[(long)rank * rows];
        double[] right = new double[(long)columns * rank];
        for (int i = 0; i < rows; i++) for (int r = 0; r < rank; r++) left[r * rows + i] = svd.U[i * svd.Count + r];
        for (int r = 0; r < rank; r++)
        {
            // Divided, not multiplied by the reciprocal, which overflows for a denormal value.
            for (int j = 0; j < columns; j++) right[j * rank + r] = svd.Vt[r * columns + j] / svd.S[r];
        }

        return new PseudoInverse(rows, columns, cutoff, left, right, svd.S.AsSpan(0, rank).ToArray());
    }
}

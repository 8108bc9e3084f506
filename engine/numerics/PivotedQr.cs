namespace Fmm.Engine;

/// <summary>
/// B P = Q R by Householder reflections with column pivoting (Businger and Golub 1965; the norms are downdated as in
/// Drmac and Bujanovic, 2008, and computed afresh where that would lose digits).
/// </summary>
internal sealed unsafe class PivotedQr
{
    private readonly double[] _b;

    private readonly double[] _diagonal;

    private readonly double[] _factors;

    private readonly int _rows;

    /// <summary>Factors B in place.</summary>
    /// <param name="b">n columns of m numbers, one after the other.</param>
    /// <param name="rows">m, at least n.</param>
    /// <param name="columns">n.</param>
    public PivotedQr(double[] b, int rows, int columns)
    {
        _b = b;
        _rows = rows;
        _diagonal = new double[columns];
        _factors = new double[columns];
        Pivots = new int[columns];
        double[] norms = new double[columns];
        double[] reference = new double[columns];
        fixed (double* p = b)
        {
            for (int j = 0; j < columns; j++)
            {
                Pivots[j] = j;
                norms[j] = reference[j] = Length(p + (nint)j * rows, rows);
            }

            for (int j = 0; j < columns; j++) Step(p, j, columns, norms, reference);
        }
    }

    /// <summary>Column i of B P is column Pivots[i] of B.</summary>
    public int[] Pivots { get; }

    /// <summary>An element on or above the diagonal of R.</summary>
    public double R(int row, int column) => row == column ? _diagonal[row] : _b[(long)column * _rows + row];

    /// <summary>x = Q x.</summary>
    /// <param name="x">m numbers.</param>
    public void ApplyQ(double[] x)
    {
        fixed (double* p = _b, pX = x)
        {
            for (int j = _diagonal.Length - 1; j >= 0; j--) Reflect(p + (nint)j * _rows + j, _factors[j], pX + j, _rows - j);
        }
    }

    private static double Length(double* x, int n) => Math.Sqrt(ColumnArithmetic.Dot(x, x, n));

    private static void Reflect(double* v, double factor, double* x, int n)
    {
        if (factor != 0) ColumnArithmetic.AddScaled(x, v, -factor * ColumnArithmetic.Dot(v, x, n), n);
    }

    private void Step(double* b, int j, int columns, double[] norms, double[] reference)
    {
        int pivot = j;
        for (int i = j + 1; i < columns; i++) if (norms[i] > norms[pivot]) pivot = i;
        if (pivot != j)
        {
            ColumnArithmetic.Swap(b + (nint)j * _rows, b + (nint)pivot * _rows, _rows);
            (Pivots[j], Pivots[pivot]) = (Pivots[pivot], Pivots[j]);
            (norms[pivot], reference[pivot]) = (norms[j], reference[j]);
        }

        // H = I - f v v^T with v = x + sign(x0) |x| e0 and f = 2 / v.v = 1 / (|x| |v0|).
        double* v = b + (nint)j * _rows + j;
        int length = _rows - j;
        double norm = Length(v, length);
        if (norm == 0) return;
        _diagonal[j] = -Math.CopySign(norm, v[0]);
        v[0] -= _diagonal[j];
        double scale = 1 / v[0];
        if (!double.IsFinite(scale))
        {
            // A column of denormals: it counts as zero.
            new Span<double>(v, length).Clear();
            _diagonal[j] = 0;
            return;
        }

        _factors[j] = Math.Abs(v[0]) / norm;
        for (int i = 1; i < length; i++) v[i] *= scale;
        v[0] = 1;
        for (int i = j + 1; i < columns; i++)
        {
            double* x = b + (nint)i * _rows + j;
            Reflect(v, _factors[j], x, length);
            if (norms[i] == 0) continue;
            double ratio = x[0] / norms[i];
            double rest = Math.Max(0, 1 - ratio * ratio);
            double trust = norms[i] / reference[i];
            if (rest * trust * trust <= 1.5e-8) norms[i] = reference[i] = Length(x + 1, length - 1);
            else norms[i] *= Math.Sqrt(rest);
        }
    }
}

namespace Fmm.Engine;

/// <summary>
/// The singular value decomposition by a pivoted QR factorisation and one-sided Jacobi rotations of R^T (Drmac and
/// Veselic, New fast and accurate Jacobi SVD algorithm, 2008). It is slower than a bidiagonal method, but the singular
/// values that lie near rounding keep the digits that the matrix has: the check-to-equivalent matrices of high orders
/// need them.
/// </summary>
internal static unsafe class JacobiSvd
{
    private const int MaxSweeps = 60;

    // Below this, relative to the largest, squares underflow and a direction is noise.
    private const double Vanishing = 1e-140;

    public static Svd Decompose(double[] a, int rows, int columns)
    {
        bool wide = rows < columns;
        int m = Math.Max(rows, columns), n = Math.Min(rows, columns);
        double largest = 0;
        foreach (double value in a) largest = Math.Max(largest, Math.Abs(value));
        int exponent = largest == 0 ? 0 : Math.ILogB(largest);

        // B has n columns of m, each contiguous: A's rows if A is wide, its columns if not; scaled to lie around one.
        double[] b = new double[a.Length];
        for (int j = 0; j < n; j++)
            for (int i = 0; i < m; i++) b[(long)j * m + i] = Math.ScaleB(a[wide ? (long)j * columns + i : (long)i * columns + j], -exponent);

        PivotedQr qr = new(b, m, n);
        double[] x = new double[(long)n * n];
        double[] w = new double[(long)n * n];
        double[] s = new double[n];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++) x[(long)j * n + i] = qr.R(j, i);
            w[(long)j * n + j] = 1;
        }

        fixed (double* pX = x, pW = w)
        {
            Rotate(pX, pW, s, n);
            Normalise(pX, pW, s, n);
        }

        return Assemble(qr, x, w, s, rows, columns, exponent);
    }

    private static void Rotate(double* x, double* w, double[] norm2, int n)
    {
        double tolerance = Math.Sqrt(n) * double.BitIncrement(1) - Math.Sqrt(n);
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            for (int j = 0; j < n; j++) norm2[j] = ColumnArithmetic.Dot(x + (nint)j * n, x + (nint)j * n, n);
            long rotations = 0;
            for (int p = 0; p < n - 1; p++)
            {
                BringLargest(x, w, norm2, p, n);
                for (int q = p + 1; q < n; q++)
                {
                    // No angle turns a column whose square is lost: it would be turned for ever.
                    if (Math.Min(norm2[p], norm2[q]) < Vanishing * Vanishing) continue;
                    double bound = tolerance * Math.Sqrt(norm2[p]) * Math.Sqrt(norm2[q]);
                    double product = ColumnArithmetic.Dot(x + (nint)p * n, x + (nint)q * n, n);
                    if (Math.Abs(product) <= bound || product == 0) continue;
                    double zeta = (norm2[q] - norm2[p]) / (2 * product);
                    double t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
                    double cosine = 1 / Math.Sqrt(1 + t * t), sine = cosine * t;
                    (norm2[p], norm2[q]) = ColumnArithmetic.Rotate(x + (nint)p * n, x + (nint)q * n, cosine, sine, n);
                    _ = ColumnArithmetic.Rotate(w + (nint)p * n, w + (nint)q * n, cosine, sine, n);
                    rotations++;
                }
            }

            if (rotations == 0) return;
        }

        throw new ArithmeticException($"The singular value decomposition did not converge in {MaxSweeps} sweeps of Jacobi rotations over {n} columns.");
    }

    // The pivoting of de Rijk: it saves sweeps, and leaves the singular values in descending order.
    private static void BringLargest(double* x, double* w, double[] norm2, int p, int n)
    {
        int largest = p;
        for (int q = p + 1; q < n; q++) if (norm2[q] > norm2[largest]) largest = q;
        if (largest == p) return;
        (norm2[p], norm2[largest]) = (norm2[largest], norm2[p]);
        ColumnArithmetic.Swap(x + (nint)p * n, x + (nint)largest * n, n);
        ColumnArithmetic.Swap(w + (nint)p * n, w + (nint)largest * n, n);
    }

    // Columns become unit vectors and their lengths the singular values; what vanished is completed to a basis.
    // The rotations' own rounding stretches x and w alike, by some 1e-13 in all: the ratio of lengths is free of it.
    private static void Normalise(double* x, double* w, double[] s, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double stretch = Math.Sqrt(ColumnArithmetic.Dot(w + (nint)j * n, w + (nint)j * n, n));
            for (int i = 0; i < n; i++) w[(nint)j * n + i] /= stretch;
            for (int i = 0; i < n; i++) x[(nint)j * n + i] /= stretch;
            s[j] = Math.Sqrt(ColumnArithmetic.Dot(x + (nint)j * n, x + (nint)j * n, n));
        }

        double bound = n == 0 ? 0 : s[0] * Vanishing;
        for (int j = 0; j < n; j++)
        {
            double* column = x + (nint)j * n;
            if (s[j] > bound)
            {
                for (int i = 0; i < n; i++) column[i] /= s[j];
                continue;
            }

            s[j] = 0;
            for (int unit = 0; unit < n; unit++)
            {
                new Span<double>(column, n).Clear();
                column[unit] = 1;
                // Twice is enough.
                for (int pass = 0; pass < 2; pass++)
                    for (int i = 0; i < j; i++) ColumnArithmetic.AddScaled(column, x + (nint)i * n, -ColumnArithmetic.Dot(column, x + (nint)i * n, n), n);

                double length = Math.Sqrt(ColumnArithmetic.Dot(column, column, n));
                if (length * length * n < 0.5) continue;
                for (int i = 0; i < n; i++) column[i] /= length;
                break;
            }
        }
    }

    // B = (Q W) S (P X)^T: the tall side is Q W, the other P X.
    private static Svd Assemble(PivotedQr qr, double[] x, double[] w, double[] s, int rows, int columns, int exponent)
    {
        bool wide = rows < columns;
        int m = Math.Max(rows, columns), n = Math.Min(rows, columns);
        double[] tall = new double[(long)m * n];
        double[] low = new double[(long)n * n];
        double[] column = new double[m];
        for (int r = 0; r < n; r++)
        {
            w.AsSpan(r * n, n).CopyTo(column);
            column.AsSpan(n).Clear();
            qr.ApplyQ(column);
            // Row-major: as Vt the tall side lies by singular value, as U by row.
            for (int i = 0; i < m; i++) tall[wide ? (long)r * m + i : (long)i * n + r] = column[i];
            for (int i = 0; i < n; i++)
            {
                int row = qr.Pivots[i];
                low[wide ? (long)row * n + r : (long)r * n + row] = x[(long)r * n + i];
            }

            s[r] = Math.ScaleB(s[r], exponent);
        }

        return wide ? new Svd(rows, columns, low, s, tall) : new Svd(rows, columns, tall, s, low);
    }
}

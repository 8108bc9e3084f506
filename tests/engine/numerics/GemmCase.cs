using System.Numerics;
using Fmm.Engine;

namespace Fmm.Tests;

/// <summary>One matrix product with its operands, padded rows and all, and what a triple loop makes of it.</summary>
internal sealed class GemmCase<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _transB;
    private readonly int _m, _n, _k, _lda, _ldb, _ldc;
    private readonly T[] _a, _b, _c;

    public GemmCase(int m, int n, int k, bool transB, int padding, int seed)
    {
        Random random = new(seed);
        (_m, _n, _k, _transB) = (m, n, k, transB);
        _lda = Math.Max(1, k) + padding;
        _ldb = Math.Max(1, transB ? k : n) + 2 * padding;
        _ldc = Math.Max(1, n) + 3 * padding;
        _a = Matrix(random, m, k, _lda);
        _b = Matrix(random, transB ? n : k, transB ? k : n, _ldb);
        _c = Matrix(random, m, n, _ldc);
        // What must not be read.
        _c.AsSpan().Fill(T.NaN);
    }

    public override string ToString() =>
        $"{typeof(T).Name} {_m}x{_n}x{_k} trans {_transB} ld {_lda} {_ldb} {_ldc}";

    public unsafe T[] Run(ILinearAlgebra la)
    {
        T[] c = (T[])_c.Clone();
        fixed (T* pA = _a, pB = _b, pC = c)
            la.Gemm(_transB, _m, _n, _k, pA, _lda, pB, _ldb, pC, _ldc);
        return c;
    }

    /// <summary>The first difference from the triple loop that rounding does not explain, or null.</summary>
    public string? Fault(T[] c)
    {
        double epsilon = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        for (int i = 0; i < _m; i++)
        {
            for (int j = 0; j < _ldc; j++)
            {
                int at = i * _ldc + j;
                if (j >= _n)
                {
                    // The padding holds NaN, which must stay; the last row ends with its last element.
                    if (at < c.Length && !T.IsNaN(c[at])) return $"{this}: the gap after row {i} was written";
                    continue;
                }

                (double sum, double size) = (0, 0);
                for (int p = 0; p < _k; p++)
                {
                    double term = double.CreateChecked(_a[i * _lda + p])
                        * double.CreateChecked(_b[_transB ? j * _ldb + p : p * _ldb + j]);
                    sum += term;
                    size += Math.Abs(term);
                }

                if (!(Math.Abs(double.CreateChecked(c[at]) - sum) <= epsilon * (_k + 4) * size)) return $"{this}: C[{i},{j}] is {c[at]}, not {sum}";
            }
        }

        return null;
    }

    // Gaps between rows hold NaN, so that whoever reads them is found out; the last row has no gap behind it.
    private static T[] Matrix(Random random, int rows, int columns, int distance)
    {
        T[] matrix = new T[rows == 0 ? 0 : (rows - 1) * distance + columns];
        matrix.AsSpan().Fill(T.NaN);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) matrix[i * distance + j] = T.CreateChecked(random.NextDouble() - 0.5);

        return matrix;
    }
}

namespace Fmm.Tests;

/// <summary>Small row-major matrices, made and multiplied in the plainest way.</summary>
internal static class Matrices
{
    public static double[] Random(int rows, int columns, int seed)
    {
        Random random = new(seed);
        double[] a = new double[rows * columns];
        for (int i = 0; i < a.Length; i++) a[i] = random.NextDouble() - 0.5;
        return a;
    }

    public static double[] Identity(int n)
    {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) a[i * n + i] = 1;
        return a;
    }

    /// <summary>Numbers that fall from 1 to the smallest by one ratio.</summary>
    public static double[] Geometric(int count, double smallest) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Pow(smallest, i / (count - 1.0)))];

    /// <summary>A matrix with given singular values: a diagonal between two reflections each side, which are orthogonal to rounding.</summary>
    public static double[] WithSpectrum(int rows, int columns, double[] spectrum)
    {
        double[] a = new double[rows * columns];
        for (int i = 0; i < spectrum.Length; i++) a[i * columns + i] = spectrum[i];
        return Product(Product(Reflection(rows, 11), a, rows, columns, rows), Reflection(columns, 12), rows, columns, columns);
    }

    public static double[] Product(double[] a, double[] b, int m, int n, int k)
    {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) for (int p = 0; p < k; p++) for (int j = 0; j < n; j++) c[i * n + j] += a[i * k + p] * b[p * n + j];
        return c;
    }

    public static double[] Transpose(double[] a, int rows, int columns)
    {
        double[] t = new double[a.Length];
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) t[j * rows + i] = a[i * columns + j];
        return t;
    }

    /// <summary>The largest difference of two elements.</summary>
    public static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private static double[] Reflection(int n, int seed)
    {
        double[] h = Identity(n);
        for (int pass = 0; pass < 2; pass++)
        {
            double[] v = Random(n, 1, seed + 100 * pass);
            double square = v.Sum(x => x * x);
            double[] r = Identity(n);
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) r[i * n + j] -= 2 * v[i] * v[j] / square;
            h = Product(h, r, n, n, n);
        }

        return h;
    }
}

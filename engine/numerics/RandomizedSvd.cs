namespace Fmm.Engine;

/// <summary>
/// A truncated singular value decomposition from products with random vectors (Halko, Martinsson and Tropp, Finding
/// structure with randomness, SIAM Review 53, 2011, algorithms 4.4 and 5.1): rank + oversampling columns of A's range
/// are found, and A is decomposed within them. The cost is that of a few products with so many columns.
/// </summary>
/// <remarks>
/// The same seed gives the same decomposition. With two power iterations the error is within a few per cent of the best
/// for the rank, unless the singular values hardly fall at all; without one, for values that fall slowly, several times it.
/// </remarks>
/// <param name="rank">The singular values to keep, at least 1; at most min(rows, columns) are.</param>
public sealed class RandomizedSvd(int rank)
{
    private readonly int _oversampling = 10;

    private readonly int _powerIterations = 2;

    /// <summary>The singular values to keep.</summary>
    public int Rank { get; } = rank >= 1
        ? rank
        : throw new ArgumentOutOfRangeException(nameof(rank), rank, "The rank must be at least 1.");

    /// <summary>Random vectors beyond the rank: 10 unless set, at least 0.</summary>
    public int Oversampling
    {
        get => _oversampling;
        init => _oversampling = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The oversampling must be at least 0.");
    }

    /// <summary>Times that A A^T is applied to sharpen the range: 2 unless set, at least 0.</summary>
    public int PowerIterations
    {
        get => _powerIterations;
        init => _powerIterations = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The power iterations must be at least 0.");
    }

    /// <summary>Where the random numbers start.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Decomposes A; the result holds min(<see cref="Rank"/>, rows, columns) singular values.</summary>
    /// <param name="la">The provider of products and of the small decomposition.</param>
    /// <param name="a">A, <paramref name="rows"/> x <paramref name="columns"/>, row-major, without gaps; left as it is.</param>
    /// <param name="rows">Rows of A, at least 1.</param>
    /// <param name="columns">Columns of A, at least 1.</param>
    /// <exception cref="ArgumentException">The array's length is not rows x columns, or an element is not finite.</exception>
    public Svd Decompose(ILinearAlgebra la, double[] a, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(la);
        SvdArguments.Check(a, rows, columns);
        int smaller = Math.Min(rows, columns);
        int kept = Math.Min(Rank, smaller);
        int samples = (int)Math.Min((long)kept + Oversampling, smaller);

        // Bases lie transposed, a basis vector a row, so that each is contiguous for the factorisation.
        double[] basis = Orthonormal(Product(la, Random(samples, columns), a, samples, rows, columns, transA: true), rows, samples);
        for (int i = 0; i < PowerIterations; i++)
        {
            double[] cobasis = Orthonormal(Product(la, basis, a, samples, columns, rows, transA: false), columns, samples);
            basis = Orthonormal(Product(la, cobasis, a, samples, rows, columns, transA: true), rows, samples);
        }

        Svd small = la.Svd(Product(la, basis, a, samples, columns, rows, transA: false), samples, columns);
        double[] u = new double[(long)rows * kept];
        unsafe
        {
            fixed (double* pBasis = basis, pSmall = small.U, pU = u)
                la.Gemm(true, false, rows, kept, samples, 1.0, pBasis, rows, pSmall, small.Count, 0.0, pU, kept);
        }

        return new Svd(rows, columns, u, small.S.AsSpan(0, kept).ToArray(), small.Vt.AsSpan(0, kept * columns).ToArray());
    }

    // vectors A or vectors A^T: count vectors of "inner" numbers become as many of "outer".
    private static unsafe double[] Product(ILinearAlgebra la, double[] vectors, double[] a, int count, int outer, int inner, bool transA)
    {
        double[] result = new double[(long)count * outer];
        fixed (double* pVectors = vectors, pA = a, pResult = result)
            la.Gemm(false, transA, count, outer, inner, 1.0, pVectors, inner, pA, transA ? inner : outer, 0.0, pResult, outer);
        return result;
    }

    private static double[] Orthonormal(double[] vectors, int length, int count) => new PivotedQr(vectors, length, count).Basis();

    // SplitMix64 (Steele, Lea and Flood 2014), made normal by the transform of Box and Muller.
    private double[] Random(int count, int length)
    {
        double[] vectors = new double[(long)count * length];
        ulong state = Seed;
        for (int i = 0; i < vectors.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
            vectors[i] = radius * Math.Cos(2 * Math.PI * Uniform(ref state));
        }

        return vectors;
    }

    private static double Uniform(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}

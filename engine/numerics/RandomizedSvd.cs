using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The leading singular values and vectors of a wide matrix from products with random vectors (Halko, Martinsson and Tropp, Finding structure
/// with randomness, SIAM Review 53, 2011): rank + oversampling vectors of A's range are found by algorithm 4.4, which is 4.3 with an
/// orthonormal basis at each step, and A is decomposed within them by algorithm 5.1. The cost is that of a few products with so many vectors.
/// </summary>
/// <remarks>
/// The random vectors are signs: they serve as well as normal numbers and take a fraction of their time. The same seed gives the
/// same decomposition, however many workers there are: blocks are summed in groups that depend on their number alone. From as many
/// vectors as A has rows on, nothing is random and the decomposition is that of A.
/// </remarks>
/// <param name="algebra">Products and small decompositions.</param>
/// <param name="a">A.</param>
internal sealed class RandomizedSvd(ILinearAlgebra algebra, IBlockRow a) : IJob
{
    // Sums over blocks are taken in so many parts, which share themselves out among workers.
    private const int MostGroups = 16;

    // Singular values beyond the rank that tell what a decomposition to a tolerance leaves out.
    private const int Tail = 10;

    private readonly double[][] _blocks = new double[MostGroups][];
    private readonly double[][] _parts = new double[MostGroups][];
    private readonly double[] _squares = new double[MostGroups];
    private Action<int>? _step;

    /// <summary>Random vectors beyond the rank, 0 or more.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>Times that A A^T is applied to sharpen the range, 0 or more.</summary>
    public int PowerIterations { get; init; } = 2;

    /// <summary>Where the random numbers start.</summary>
    public ulong Seed { get; init; } = 1;

    private int Groups => Math.Min(MostGroups, a.Blocks);

    private int Columns => checked(a.Blocks * a.BlockColumns);

    /// <summary>The leading triples, as many as are asked for, or as A has rows.</summary>
    /// <param name="rank">How many, 1 or more.</param>
    /// <param name="jobs">Where it runs.</param>
    public Svd OfRank(int rank, Jobs jobs)
    {
        int kept = Math.Min(rank, a.Rows);
        return First(Decompose(Samples(kept), jobs), kept);
    }

    /// <summary>The fewest leading triples without which the rest has at most a share of A's Frobenius norm.</summary>
    /// <param name="tolerance">The share, above 0.</param>
    /// <param name="guess">The rank that is tried first; it is doubled until it suffices.</param>
    /// <param name="jobs">Where it runs.</param>
    public Svd OfTolerance(double tolerance, int guess, Jobs jobs)
    {
        for (int tried = Math.Max(guess, 1); ; tried = 2 * Math.Min(tried, a.Rows))
        {
            Svd svd = Decompose((int)Math.Min((long)tried + Math.Max(Oversampling, Tail), a.Rows), jobs);
            double budget = tolerance * tolerance * _squares.Sum(), lost = 0;
            int kept = svd.Count;
            if (kept < a.Rows)
            {
                // What lies outside of the samples is less than what the last of them hold: singular values fall.
                for (int end = kept - Tail; kept > end; kept--) lost += 2 * Square(svd.S[kept - 1]);
                if (lost > budget) continue;
            }
            for (; kept > 1 && lost + Square(svd.S[kept - 1]) <= budget; kept--) lost += Square(svd.S[kept - 1]);
            return First(svd, kept);
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit);

    private int Samples(int rank) => (int)Math.Min((long)rank + Oversampling, a.Rows);

    private int Start(int group) => (int)((long)group * a.Blocks / Groups);

    private Svd Decompose(int samples, Jobs jobs)
    {
        double[]? basis = null;
        if (samples < a.Rows)
        {
            basis = Orthonormal(Sums(samples, null, jobs), samples);
            for (int i = 0; i < PowerIterations; i++)
            {
                Svd other = Wide(samples, basis, jobs);
                basis = Orthonormal(Sums(samples, other.Vt, jobs), samples);
            }
        }
        Svd inside = Wide(samples, basis, jobs);
        if (basis is null) return inside;
        double[] u = new double[(long)a.Rows * samples], transposed = new double[(long)a.Rows * samples];
        for (int i = 0; i < a.Rows; i++) for (int j = 0; j < samples; j++) transposed[(i * samples) + j] = basis[(j * a.Rows) + i];
        Product(false, a.Rows, samples, samples, transposed, 0, samples, inside.U, samples, u, samples);
        return inside with { Rows = a.Rows, U = u };
    }

    // A W, transposed, for vectors W of the long side: random ones where none are given.
    private double[] Sums(int samples, double[]? vectors, Jobs jobs)
    {
        int rows = a.Rows, width = a.BlockColumns, columns = Columns;
        Run(jobs, group =>
        {
            double[] block = Block(group), sum = new double[samples * rows], term = new double[samples * rows];
            double[] signs = new double[vectors is null ? samples * width : 0];
            double square = 0;
            for (int i = Start(group); i < Start(group + 1); i++)
            {
                a.Fill(i, block);
                square += SumOfSquares(block);
                if (vectors is null) Signs(Seed, i, signs);
                Product(true, samples, rows, width, vectors ?? signs, vectors is null ? 0 : i * width, vectors is null ? width : columns, block, width, term, rows);
                Add(sum, term);
            }
            (_parts[group], _squares[group]) = (sum, square);
        });
        double[] all = _parts[0];
        for (int group = 1; group < Groups; group++) Add(all, _parts[group]);
        return all;
    }

    // B = Q^T A, or A itself, decomposed in two steps: groups of columns by themselves, then their left factors side by side, whose left
    // vectors and values are B's (Iwen and Ong, A distributed and incremental SVD algorithm, 2016). Nothing is squared on the way.
    private Svd Wide(int samples, double[]? basis, Jobs jobs)
    {
        int rows = a.Rows, width = a.BlockColumns, columns = Columns;
        Svd[] groups = new Svd[Groups];
        Run(jobs, group =>
        {
            int first = Start(group), count = Start(group + 1) - first;
            double[] block = Block(group), part = new double[(long)samples * count * width];
            double square = 0;
            for (int i = 0; i < count; i++)
            {
                a.Fill(first + i, block);
                square += SumOfSquares(block);
                if (basis is not null) Product(false, samples, width, rows, basis, 0, rows, block, width, part, count * width, i * width);
                else for (int row = 0; row < rows; row++) block.AsSpan(row * width, width).CopyTo(part.AsSpan((row * count * width) + (i * width)));
            }
            _squares[group] = square;
            groups[group] = algebra.Svd(part, samples, count * width);
        });
        int[] starts = new int[Groups + 1];
        for (int group = 0; group < Groups; group++) starts[group + 1] = starts[group] + groups[group].Count;
        double[] lefts = new double[(long)samples * starts[Groups]];
        for (int group = 0; group < Groups; group++)
        {
            Svd svd = groups[group];
            for (int i = 0; i < samples; i++)
                for (int j = 0; j < svd.Count; j++) lefts[((long)i * starts[Groups]) + starts[group] + j] = svd.U[(i * svd.Count) + j] * svd.S[j];
        }
        Svd joined = algebra.Svd(lefts, samples, starts[Groups]);
        double[] vt = new double[(long)samples * columns];
        Run(jobs, group =>
        {
            Svd svd = groups[group];
            Product(
                false, samples, svd.Columns, svd.Count, joined.Vt, starts[group], joined.Columns, svd.Vt, svd.Columns, vt, columns, Start(group) * width);
        });
        return new Svd(samples, columns, joined.U, joined.S, vt);
    }

    // Rows with the same span, orthonormal whatever their own lengths.
    private double[] Orthonormal(double[] vectors, int count) => algebra.Svd(vectors, count, a.Rows).Vt;

    private static double Square(double value) => value * value;

    private static Svd First(Svd svd, int kept)
    {
        if (kept == svd.Count) return svd;
        double[] u = new double[(long)svd.Rows * kept];
        for (int i = 0; i < svd.Rows; i++) svd.U.AsSpan(i * svd.Count, kept).CopyTo(u.AsSpan(i * kept));
        return new Svd(svd.Rows, svd.Columns, u, svd.S.AsSpan(0, kept).ToArray(), svd.Vt.AsSpan(0, kept * svd.Columns).ToArray());
    }

    private void Run(Jobs jobs, Action<int> step)
    {
        _step = step;
        jobs.For(Groups, this);
        _step = null;
    }

    private double[] Block(int group) => _blocks[group] ??= new double[a.Rows * a.BlockColumns];

    private unsafe void Product(
        bool transB, int m, int n, int k, double[] left, int leftStart, int lda, double[] right, int ldb, double[] product, int ldc, int start = 0)
    {
        if ((long)m * n * k == 0) return;
        fixed (double* pLeft = &left[leftStart], pRight = right, pProduct = &product[start])
            algebra.Gemm(transB, m, n, k, pLeft, lda, pRight, ldb, pProduct, ldc);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double SumOfSquares(double[] block)
    {
        fixed (double* p = block) return ColumnArithmetic.Dot(p, p, block.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Add(double[] sum, double[] term)
    {
        fixed (double* pSum = sum, pTerm = term) ColumnArithmetic.AddScaled(pSum, pTerm, 1, sum.Length);
    }

    // SplitMix64 (Steele, Lea and Flood 2014), a bit a sign; each block has numbers of its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Signs(ulong seed, int block, Span<double> signs)
    {
        unchecked
        {
            ulong state = Mixed((seed * 0xD1342543DE82EF95) + (ulong)block), bits = 0;
            for (int i = 0; i < signs.Length; i++, bits >>= 1)
            {
                if (i % 64 == 0) bits = Mixed(state += 0x9E3779B97F4A7C15);
                signs[i] = (bits & 1) == 0 ? 1 : -1;
            }
        }

        static ulong Mixed(ulong bits)
        {
            unchecked
            {
                bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
                bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                return bits ^ (bits >> 31);
            }
        }
    }
}

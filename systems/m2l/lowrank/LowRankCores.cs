using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// From a decomposition, computed or read from a file, what is applied to a pair of boxes: s vt of each transfer vector, in a basis of the
/// sources that is found as that of the targets was, from these matrices one below the other.
/// </summary>
internal sealed class LowRankCores : IJob
{
    private readonly ILinearAlgebra _algebra;
    private readonly double[] _scaled;
    private readonly double[]? _sources;
    private readonly double[] _cores;
    private readonly int _rank;
    private readonly int _density;

    private LowRankCores(PlainMatrices matrices, ExpansionSizes expansion, ILinearAlgebra algebra, Jobs jobs)
    {
        _algebra = algebra;
        _density = expansion.DensityCount;
        _rank = matrices[LowRankMatrices.S].Columns;
        _scaled = Scaled(matrices, _density);
        if (expansion.LowRank.Sides == TransferSides.Both && _rank < _density)
        {
            LowRankOptions options = expansion.LowRank;
            RandomizedSvd decomposition = new(algebra, new Transposed(_scaled, _rank, _density))
            {
                Oversampling = options.Oversampling,
                PowerIterations = options.PowerIterations,
                Seed = options.Seed,
            };
            _sources = decomposition.OfRank(_rank, jobs).U;
        }
        SourceRank = _sources is null ? _density : _sources.Length / _density;
        _cores = new double[(long)VectorPairs.Count * _rank * SourceRank];
    }

    private int SourceRank { get; }

    /// <summary>Adds <see cref="LowRankMatrices.Cores"/> and, where the sources have one, <see cref="LowRankMatrices.Sources"/>.</summary>
    /// <param name="matrices">The decomposition.</param>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="algebra">The linear algebra.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public static void Add(PlainMatrices matrices, ExpansionSizes expansion, ILinearAlgebra algebra, Jobs jobs)
    {
        LowRankCores cores = new(matrices, expansion, algebra, jobs);
        jobs.For(VectorPairs.Count, cores);
        if (cores._sources is not null) matrices.Add(LowRankMatrices.Sources, new PlainMatrix(cores._density, cores.SourceRank, cores._sources));
        matrices.Add(LowRankMatrices.Cores, new PlainMatrix(VectorPairs.Count * cores._rank, cores.SourceRank, cores._cores));
    }

    /// <inheritdoc/>
    public unsafe void Execute(int unit, int worker)
    {
        long from = (long)unit * _rank * _density, to = (long)unit * _rank * SourceRank;
        if (_sources is null)
        {
            Array.Copy(_scaled, from, _cores, to, (long)_rank * _density);
            return;
        }
        fixed (double* scaled = &_scaled[from], sources = _sources, cores = &_cores[to])
            _algebra.Gemm(false, _rank, SourceRank, _density, scaled, _density, sources, SourceRank, cores, SourceRank);
    }

    // Rows of vt times their singular values, transfer vector by transfer vector, in our order whatever the file's was.
    private static double[] Scaled(PlainMatrices matrices, int density)
    {
        ReadOnlySpan<double> s = matrices[LowRankMatrices.S].Elements, hashes = matrices[LowRankMatrices.Hashes].Elements;
        PlainMatrix vt = matrices[LowRankMatrices.Vt];
        Dictionary<long, int> places = [];
        for (int i = 0; i < hashes.Length; i++) places[(long)hashes[i]] = i;
        double[] scaled = new double[(long)VectorPairs.Count * s.Length * density];
        for (int vector = 0; vector < VectorPairs.Count; vector++)
        {
            int place = places[VectorPairs.Hash(vector)];
            for (int r = 0; r < s.Length; r++)
            {
                Scale(
                    vt.Elements.Slice(checked((r * vt.Columns) + (place * density)), density), s[r],
                    scaled.AsSpan(checked(((vector * s.Length) + r) * density), density));
            }
        }
        return scaled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++) to[i] = factor * from[i];
    }

    // Matrices that stand one below the other, transposed: side by side.
    private sealed class Transposed(double[] matrices, int rows, int columns) : IBlockRow
    {
        public int Rows => columns;

        public int BlockColumns => rows;

        public int Blocks => VectorPairs.Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Fill(int block, double[] elements)
        {
            ReadOnlySpan<double> matrix = matrices.AsSpan(checked(block * rows * columns), rows * columns);
            for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) elements[(j * rows) + i] = matrix[(i * columns) + j];
        }
    }
}

using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes <see cref="CompressedMatrices"/> in four steps. First, a sketch of every transfer matrix of the level: random combinations of its
/// rows. Second, singular value decompositions of the sketches give one basis that serves the densities of all boxes, and another
/// that serves all check potentials; functions that carry too little are dropped. Third, the transfer matrices between these bases,
/// a fraction of the size. Fourth, for each class of sources about an octet, the few singular vectors that matter to it (<see cref="ClassVectors"/>).
/// </summary>
/// <remarks>
/// The cube's symmetries save most of the work: matrices that are mirror images of each other, or images under permutations of the axes, are
/// computed once. By the mirrors 56 transfer vectors stand for 316; by the permutations, if the kernel keeps to them, 16 for 56 and 9
/// classes for 26; and functions that no symmetry of the cube mixes fall into ten families (<see cref="CubeRepresentation"/>), each of which
/// is decomposed for itself, the longest of a sixteenth of a surface's numbers. Measured for Laplace on two Zen 5 cores, with the mirrors alone and with both: order 6
/// 35 and 8 ms, 10 0.47 and 0.09 s, 12 1.1 and 0.22 s; Stokes of order 6 0.51 and 0.11 s; without LAPACK order 12 4.6 and 0.4 s.
/// </remarks>
internal sealed class CompressedBuilder<TKernel> : IJob
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly ILinearAlgebra _algebra;
    private readonly ParityPoints _sources;
    private readonly ParityPoints _targets;
    private readonly TransferOrbits _orbits;
    private readonly bool _symmetric;
    private readonly CommonBasis _rows;
    private readonly CommonBasis _columns;
    private TransferMatrices<TKernel>? _matrices;
    private Action<int, int>? _step;
    private CompressedScratch? _scratch;

    public CompressedBuilder(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra)
    {
        _kernel = kernel;
        _expansion = expansion;
        _algebra = algebra;
        _sources = expansion.Densities;
        _targets = expansion.Checks;
        _symmetric = KernelSymmetry.IsSymmetric(kernel);
        int permutations = AxisPermutations.Of(kernel);
        _orbits = new TransferOrbits(permutations);
        _columns = new CommonBasis(new CubeSymmetryBasis(expansion.Surface, _sources, permutations), permutations, _orbits.Vectors.Length);
        _rows = _symmetric ? _columns : new CommonBasis(new CubeSymmetryBasis(expansion.Surface, _targets, permutations), permutations, _orbits.Vectors.Length);
    }

    /// <summary>Computes the matrices for boxes of half width <paramref name="halfWidth"/>.</summary>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="tolerance">The root of the share of the squares of all elements that may be lost, to the common basis and to each class.</param>
    /// <param name="lane">Ranks are rounded up to a multiple of this, the numbers of a register: it costs no time there.</param>
    /// <param name="ledger">The account of native memory.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public PlainMatrices Build(double halfWidth, double tolerance, int lane, Ledger ledger, Jobs jobs)
    {
        _matrices = new TransferMatrices<TKernel>(_kernel, _expansion, _sources, _targets, halfWidth);
        using CompressedScratch scratch = new(ledger, jobs.WorkerCount);
        _scratch = scratch;
        _columns.Clear();
        _rows.Clear();
        Run(jobs, _orbits.Vectors.Length, Sketch);
        Run(jobs, _columns.Families, (family, _) => _columns.Decompose(_algebra, family));
        if (!_symmetric) Run(jobs, _rows.Families, (family, _) => _rows.Decompose(_algebra, family));
        _columns.Truncate(tolerance);
        if (!_symmetric) _rows.Truncate(tolerance);
        scratch.PrepareCores(_orbits.Vectors.Length, _rows.Rank, _columns.Rank, Math.Min(_columns.Rank, (_columns.Rank / 2) + 16));
        Run(jobs, _orbits.Vectors.Length, Project);
        double budget = tolerance * tolerance * _columns.Energy;
        PlainMatrices found = new();
        try
        {
            found.Add(CompressedMatrices.Permutations, _orbits.Permutations);
            _columns.AddTo(found, CompressedMatrices.Source);
            _rows.AddTo(found, CompressedMatrices.Target);
            // The last class is the longest work: its sources are not split by a swap.
            Run(jobs, _orbits.Classes.Length, (unit, worker) =>
                new CompressedClass(_algebra, found, scratch, worker, _orbits, _rows, _columns, budget, lane).Build(_orbits.Classes.Length - 1 - unit, ledger));
        }
        catch
        {
            found.Dispose();
            throw;
        }
        _scratch = null;
        return found;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit, worker);

    private void Run(Jobs jobs, int units, Action<int, int> step)
    {
        _step = step;
        jobs.For(units, this);
    }

    // Random combinations of the rows (and of the columns) of all matrices: with more of them than a family is long, their
    // singular vectors are those of the matrices side by side (Halko, Martinsson and Tropp 2011, section 4).
    private unsafe void Sketch(int slot, int worker)
    {
        Span<double> matrix = Matrix(slot, worker);
        int check = _targets.Start[8], density = _sources.Start[8];
        double weight = Math.Sqrt(_orbits.Images(slot));
        fixed (double* pMatrix = matrix)
        {
            Combine(_columns, slot, worker, pMatrix, density, check, weight, transpose: false);
            if (!_symmetric) Combine(_rows, slot, worker, pMatrix, check, density, weight, transpose: true);
        }
    }

    private unsafe void Combine(CommonBasis basis, int slot, int worker, double* matrix, int length, int others, double weight, bool transpose)
    {
        int samples = basis.Samples;
        Span<double> signs = _scratch!.Take(worker, CompressedScratch.Part.First, samples * others);
        Span<double> combinations = _scratch.Take(worker, CompressedScratch.Part.Second, samples * length);
        CommonBasis.Signs(slot, weight / Math.Sqrt(samples), signs);
        fixed (double* pSigns = signs, pCombinations = combinations)
        {
            _algebra.Gemm(transpose, samples, length, others, pSigns, others, matrix, transpose ? others : length, pCombinations, length);
        }
        basis.Add(slot, slot, combinations);
    }

    // A transfer matrix between the two bases, the most significant functions first.
    private unsafe void Project(int slot, int worker)
    {
        Span<double> matrix = Matrix(slot, worker);
        int rows = _rows.Rank, columns = _columns.Rank, check = _targets.Start[8], density = _sources.Start[8];
        Span<double> half = _scratch!.Take(worker, CompressedScratch.Part.First, check * columns);
        Span<double> sorted = _scratch.Take(worker, CompressedScratch.Part.Second, rows * columns);
        fixed (double* pMatrix = matrix, pHalf = half, pSorted = sorted)
        {
            for (int segment = 0, at = 0; segment < 8; at += _columns.Count[segment++])
            {
                int length = _sources.Length(segment);
                fixed (double* functions = _columns.Functions[segment])
                {
                    _algebra.Gemm(
                        true, check, _columns.Count[segment], length, pMatrix + _sources.Start[segment], density,
                        functions, length, pHalf + at, columns);
                }
            }
            for (int segment = 0, at = 0; segment < 8; at += _rows.Count[segment++])
            {
                int length = _targets.Length(segment);
                fixed (double* functions = _rows.Functions[segment])
                {
                    _algebra.Gemm(
                        false, _rows.Count[segment], columns, length, functions, length,
                        pHalf + ((nint)_targets.Start[segment] * columns), columns, pSorted + ((nint)at * columns), columns);
                }
            }
        }
        double* core = _scratch.Core(slot);
        Sort(sorted, core, _scratch.Shells(slot));
        Span<double> signs = _scratch.Take(worker, CompressedScratch.Part.First, _scratch.Samples * rows);
        CommonBasis.Signs(slot, 1 / Math.Sqrt(_scratch.Samples), signs);
        fixed (double* pSigns = signs, pSketch = _scratch.Sketch(slot))
        {
            _algebra.Gemm(false, _scratch.Samples, columns, rows, pSigns, rows, core, columns, pSketch, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sort(ReadOnlySpan<double> sorted, double* core, Span<double> shells)
    {
        int columns = _columns.Rank;
        ReadOnlySpan<int> places = _columns.Place, ends = _columns.Ends;
        shells.Clear();
        for (int i = 0; i < _rows.Rank; i++)
        {
            ReadOnlySpan<double> from = sorted.Slice(_rows.Place[i] * columns, columns);
            int end = _rows.Ends[i];
            double sum = 0;
            for (int j = 0; j < columns; j++)
            {
                double element = *core++ = from[places[j]];
                if (ends[j] <= end) sum += element * element;
                else shells[ends[j]] += element * element;
            }
            shells[end] += sum;
        }
    }

    private Span<double> Matrix(int slot, int worker)
    {
        Span<double> matrix = _scratch!.Take(worker, CompressedScratch.Part.Matrix, _targets.Start[8] * _sources.Start[8]);
        _matrices!.Fill(_orbits.Vectors[slot], matrix, _scratch.Take(worker, CompressedScratch.Part.First, _matrices.ScratchLength));
        return matrix;
    }
}

using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes <see cref="CompressedOperators{T}"/>: the transfer matrices of a level side by side and sorted by parity, a common
/// basis of their rows and of their columns by randomized singular value decomposition, and then for each class of sources the
/// few singular vectors that reach an octet.
/// </summary>
internal sealed class CompressedBuilder<TKernel, T> : IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Groups = 8;
    private readonly TKernel _kernel;
    private readonly Expansion _expansion;
    private readonly ILinearAlgebra _algebra;
    private readonly ParityPoints _sources;
    private readonly ParityPoints _targets;
    private readonly bool _symmetric;
    private readonly CommonBasis _rows;
    private readonly CommonBasis _columns;
    private ParityMatrices<TKernel>? _matrices;
    private CompressedOperators<T>? _operators;
    private Action<int, int>? _step;
    private double[]?[] _matrix = [];
    private CompressedScratch? _scratch;

    public CompressedBuilder(TKernel kernel, Expansion expansion, ILinearAlgebra algebra)
    {
        _kernel = kernel;
        _expansion = expansion;
        _algebra = algebra;
        _sources = new ParityPoints(expansion.Surface, expansion.SourceComponents, TKernel.IsVector, 1);
        _targets = new ParityPoints(expansion.Surface, expansion.PotentialComponents, TKernel.IsVector, 1);
        _symmetric = KernelSymmetry.Check(kernel);
        _columns = new CommonBasis(_sources, Groups);
        _rows = _symmetric ? _columns : new CommonBasis(_targets, Groups);
    }

    /// <summary>Fills the operators for boxes of half width <paramref name="halfWidth"/>.</summary>
    /// <param name="operators">The operators.</param>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="ledger">The account of what is needed on the way.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public void Build(CompressedOperators<T> operators, double halfWidth, int lane, Ledger ledger, Jobs jobs)
    {
        _operators = operators;
        operators.Lane = lane;
        _matrices = new ParityMatrices<TKernel>(_kernel, _expansion, _sources, _targets, halfWidth);
        using CompressedScratch scratch = new(ledger, jobs.WorkerCount);
        _scratch = scratch;
        _matrix = new double[jobs.WorkerCount][];
        _columns.Clear();
        _rows.Clear();
        Run(jobs, Groups, Sketch);
        Run(jobs, 8, (segment, _) => Decompose(segment));
        double tolerance = TransferTolerance.Of(_expansion.Order, typeof(T) == typeof(float));
        _columns.Truncate(tolerance);
        if (!_symmetric) _rows.Truncate(tolerance);
        scratch.PrepareCores(_rows.Rank * _columns.Rank);
        Run(jobs, PositiveVectors.Count, Project);
        _matrix = [];
        double budget = tolerance * tolerance * _columns.Energy;
        Run(jobs, OctetMirrors.ClassCount - 1, (unit, worker) => new CompressedClass<T>(_algebra, _operators, scratch, worker, _rows, _columns, budget).Build(unit + 1));
        ParityPoints targets = new(_expansion.Surface, _expansion.PotentialComponents, TKernel.IsVector, lane);
        operators.Source.Set(_expansion.Densities, _columns.Parity, _columns.Functions, lane, toSurface: false);
        operators.Target.Set(targets, _rows.Parity, _rows.Functions, lane, toSurface: true);
        _scratch = null;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit, worker);

    private void Run(Jobs jobs, int units, Action<int, int> step)
    {
        _step = step;
        jobs.For(units, this);
    }

    // Random combinations of the rows (and of the columns) of all matrices: with more of them than a segment is long, their
    // singular vectors are those of the matrices side by side (Halko, Martinsson and Tropp 2011, section 4).
    private void Sketch(int group, int worker)
    {
        double[] matrix = Matrix(worker);
        for (int vector = group; vector < PositiveVectors.Count; vector += Groups)
        {
            _matrices!.Fill(vector, matrix);
            double weight = Math.Sqrt(PositiveVectors.Images(vector));
            _columns.Add(_algebra, _scratch!, worker, group, vector, matrix, _targets.Start[8], weight, transpose: false);
            if (!_symmetric) _rows.Add(_algebra, _scratch!, worker, group, vector, matrix, _sources.Start[8], weight, transpose: true);
        }
    }

    private void Decompose(int segment)
    {
        _columns.Decompose(_algebra, segment);
        if (!_symmetric) _rows.Decompose(_algebra, segment);
    }

    // A transfer matrix between the two bases, the most significant functions first.
    private unsafe void Project(int vector, int worker)
    {
        double[] matrix = Matrix(worker);
        _matrices!.Fill(vector, matrix);
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
                        false, true, check, _columns.Count[segment], length, 1, pMatrix + _sources.Start[segment], density,
                        functions, length, 0, pHalf + at, columns);
                }
            }
            for (int segment = 0, at = 0; segment < 8; at += _rows.Count[segment++])
            {
                int length = _targets.Length(segment);
                fixed (double* functions = _rows.Functions[segment])
                {
                    _algebra.Gemm(
                        false, false, _rows.Count[segment], columns, length, 1, functions, length,
                        pHalf + ((nint)_targets.Start[segment] * columns), columns, 0, pSorted + ((nint)at * columns), columns);
                }
            }
        }
        double* core = _scratch.Core(vector);
        for (int i = 0; i < rows; i++)
        {
            int from = _rows.Place[i] * columns;
            for (int j = 0; j < columns; j++) core[(i * columns) + j] = sorted[from + _columns.Place[j]];
        }
    }

    private double[] Matrix(int worker) => _matrix[worker] ??= new double[_targets.Start[8] * _sources.Start[8]];
}

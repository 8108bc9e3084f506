using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the matrices of <see cref="FftOperators{T}"/>: for each transfer vector the kernel sampled on the lattice of
/// differences between two inner surfaces, transformed.
/// </summary>
/// <remarks>
/// Eight transfer vectors are transformed at once, in the places of an octet's children. Symmetries save most of it
/// (<see cref="SpectrumImages"/>): for a kernel of the distance alone 16 vectors are sampled and 56 transformed in place of 316, which takes
/// a fifth to a tenth of the time.
/// </remarks>
internal sealed unsafe class SpectrumBuilder<TKernel, TWide> : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly OctetTransform<double, TWide> _transform;
    private readonly SpectrumImages _images;
    private readonly NativeBuffer<double> _samples;
    private readonly NativeBuffer<double> _lattices;
    private readonly NativeBuffer<double> _scratch;
    private readonly FrequencyRows _rows;
    private readonly NativeBuffer<double>[] _planes;
    private readonly Ledger _ledger;
    private SpectrumImages.Group _group = null!;
    private SpectrumSpread _spread = null!;
    private Action<int, int>? _step;
    private double _halfWidth;

    public SpectrumBuilder(TKernel kernel, ExpansionSizes expansion, Ledger ledger)
    {
        _kernel = kernel;
        _expansion = expansion;
        _ledger = ledger;
        // First what asks the kernel, which may fail: nothing is to be given back then.
        bool mirrors = expansion.Densities.Mirrors;
        _images = new SpectrumImages(mirrors, mirrors ? AxisPermutations.Of(kernel) : 1);
        _rows = new FrequencyRows(expansion.Order);
        _planes = new NativeBuffer<double>[expansion.Order + 1];
        _transform = new OctetTransform<double, TWide>(ledger, expansion.Order);
        _samples = new NativeBuffer<double>(ledger, "M2L spectra: samples");
        _lattices = new NativeBuffer<double>(ledger, "M2L spectra: lattices");
        _scratch = new NativeBuffer<double>(ledger, "M2L spectra: scratch");
    }

    private int Pairs => _expansion.PotentialComponents * _expansion.SourceComponents;

    // Differences of two lattice points along an axis, and all of them.
    private int Span => (2 * _expansion.Order) - 1;

    private int SampleLength => Span * Span * Span;

    private int LatticeLength => 8 * _transform.Period * _transform.Period * _transform.Period;

    private int PlaneLength => 16 * _transform.Period * _transform.Period;

    private int LineLength => 16 * _transform.Period;

    private int Batches => (_group.Vectors.Length + 7) / 8;

    // A plane and two rows of frequencies of each batch, and a line.
    private int ScratchLength => (Batches * (PlaneLength + (2 * LineLength))) + LineLength;

    /// <summary>
    /// Computes them for boxes of half width <paramref name="halfWidth"/>: a matrix for each plane of frequencies along x, with two rows,
    /// real and imaginary parts, for each frequency and pair of components, and a column for each slot of <see cref="TransferVectors"/>.
    /// </summary>
    public PlainMatrices Build(double halfWidth, Jobs jobs)
    {
        _halfWidth = halfWidth;
        PlainMatrices matrices = new();
        try
        {
            for (int kx = 0; kx < _planes.Length; kx++)
            {
                int rows = checked((_rows.First(kx + 1) - _rows.First(kx)) * _rows.Period * Pairs * 2);
                _planes[kx] = new NativeBuffer<double>(_ledger, "operators: M2L", (long)rows * TransferVectors.SlotStride);
                matrices.Add(FftOperators<double>.Name(kx), new PlainMatrix(rows, TransferVectors.SlotStride, _planes[kx]));
            }
            foreach (SpectrumImages.Group group in _images.Groups)
            {
                _group = group;
                _spread = new SpectrumSpread(group, _expansion);
                _samples.Resize(checked(group.Sampled.Length * SampleLength * Pairs));
                _lattices.Resize(checked(Batches * LatticeLength * Pairs));
                _scratch.Resize(checked(jobs.WorkerCount * ScratchLength));
                Run(jobs, group.Sampled.Length, (vector, _) => Sample(vector));
                Run(jobs, Batches, (batch, _) => Arrange(batch));
                Run(jobs, _planes.Length, Transform);
            }
            return matrices;
        }
        catch
        {
            matrices.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => _step!(unit, worker);

    /// <inheritdoc/>
    public void Dispose()
    {
        _transform.Dispose();
        _samples.Dispose();
        _lattices.Dispose();
        _scratch.Dispose();
    }

    private void Run(Jobs jobs, int units, Action<int, int> step)
    {
        _step = step;
        jobs.For(units, this);
    }

    // The kernel at all differences of lattice points, pair of components by pair.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int vector)
    {
        int p = _expansion.Order, pairs = Pairs;
        double width = 2 * _halfWidth, spacing = 2 * _expansion.Ratios.Inner * _halfWidth / (p - 1);
        (int vx, int vy, int vz) = _group.Sampled[vector];
        double x = width * vx, y = width * vy, z = width * vz;
        double* at = _samples.Pointer + ((nint)vector * SampleLength * pairs);
        Span<double> block = stackalloc double[pairs];
        for (int i = 1 - p; i < p; i++)
        {
            for (int j = 1 - p; j < p; j++)
            {
                for (int k = 1 - p; k < p; k++, at++)
                {
                    _kernel.EvaluatePlain(x + (spacing * i), y + (spacing * j), z + (spacing * k), block);
                    for (int c = 0; c < pairs; c++) at[(nint)c * SampleLength] = block[c];
                }
            }
        }
    }

    // Samples, permuted, to the lanes of a batch. Differences p+1 .. 2p-1 stand for -(p-1) .. -1; p itself never occurs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Arrange(int batch)
    {
        int p = _expansion.Order, n = _transform.Period, pairs = Pairs, columns = _expansion.SourceComponents;
        ReadOnlySpan<int> steps = [Span * Span, Span, 1];
        double* lattices = _lattices.Pointer + ((nint)batch * LatticeLength * pairs);
        new Span<double>(lattices, LatticeLength * pairs).Clear();
        for (int lane = 0; lane < 8 && (8 * batch) + lane < _group.Vectors.Length; lane++)
        {
            (int place, int permutation) = _group.Vectors[(8 * batch) + lane];
            int inverse = AxisPermutations.Inverse(permutation);
            int sx = steps[AxisPermutations.Image(inverse, 0)], sy = steps[AxisPermutations.Image(inverse, 1)], sz = steps[AxisPermutations.Image(inverse, 2)];
            for (int pair = 0; pair < pairs; pair++)
            {
                int own = _spread.Pair(inverse, pair, columns);
                double* from = _samples.Pointer + ((((nint)place * pairs) + own) * SampleLength) + ((p - 1) * (sx + sy + sz));
                double* to = lattices + ((nint)LatticeLength * pair) + lane;
                for (int i = 1 - p; i < p; i++)
                {
                    for (int j = 1 - p; j < p; j++)
                    {
                        double* source = from + (i * sx) + (j * sy);
                        double* line = to + (8 * (nint)((((i < 0 ? i + n : i) * n) + (j < 0 ? j + n : j)) * n));
                        for (int k = 0; k < p; k++) line[8 * k] = source[k * sz];
                        for (int k = 1 - p; k < 0; k++) line[8 * (k + n)] = source[k * sz];
                    }
                }
            }
        }
    }

    // All frequencies of a kx, row by row, each with that of the opposite ky: mirror images have one at the place of the other.
    private void Transform(int kx, int worker)
    {
        int n = _transform.Period, batches = Batches, last = kx == 0 || kx == _expansion.Order ? 0 : n;
        double* scratch = _scratch.Pointer + ((nint)worker * ScratchLength);
        double* planes = scratch, rows = planes + ((nint)batches * PlaneLength), opposite = rows + ((nint)batches * LineLength), line = opposite + ((nint)batches * LineLength);
        for (int pair = 0; pair < Pairs; pair++)
        {
            for (int batch = 0; batch < batches; batch++)
                _transform.FullPlane(_lattices.Pointer + ((((nint)batch * Pairs) + pair) * LatticeLength), kx, planes + ((nint)batch * PlaneLength));
            for (int ky = 0; ky <= _expansion.Order; ky++)
            {
                int other = (n - ky) % n;
                for (int batch = 0; batch < batches; batch++)
                {
                    _transform.Row(planes + ((nint)batch * PlaneLength), n, ky, line, rows + ((nint)batch * LineLength));
                    if (other != ky) _transform.Row(planes + ((nint)batch * PlaneLength), n, other, line, opposite + ((nint)batch * LineLength));
                }
                double* against = other == ky ? rows : opposite;
                _spread.Row(rows, against, pair, _planes[kx].Pointer + ((nint)ky * n * Pairs * 2 * TransferVectors.SlotStride));
                if (other != ky && other < last) _spread.Row(against, rows, pair, _planes[kx].Pointer + ((nint)other * n * Pairs * 2 * TransferVectors.SlotStride));
            }
        }
    }
}

using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the matrices of <see cref="FftOperators{T}"/>: for each transfer vector the kernel sampled on the lattice of
/// differences between two inner surfaces, transformed.
/// </summary>
/// <remarks>Eight transfer vectors are transformed at once, in the places of an octet's children.</remarks>
internal sealed unsafe class SpectrumBuilder<TKernel, TWide> : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly OctetTransform<double, TWide> _transform;
    private readonly int[] _slots;
    private readonly NativeBuffer<double> _scratch;
    private readonly FrequencyRows _rows;
    private readonly NativeBuffer<double>[] _planes;
    private readonly Ledger _ledger;
    private double _halfWidth;

    public SpectrumBuilder(TKernel kernel, ExpansionSizes expansion, Ledger ledger)
    {
        _kernel = kernel;
        _expansion = expansion;
        _ledger = ledger;
        _rows = new FrequencyRows(expansion.Order);
        _planes = new NativeBuffer<double>[expansion.Order + 1];
        _transform = new OctetTransform<double, TWide>(ledger, expansion.Order);
        _scratch = new NativeBuffer<double>(ledger, "M2L spectra: scratch");
        _slots = [.. Enumerable.Range(0, TransferVectors.SlotCount).Where(slot => TransferVectors.IsFar(
            TransferVectors.SlotComponent(slot, 0), TransferVectors.SlotComponent(slot, 1), TransferVectors.SlotComponent(slot, 2)))];
    }

    private int Pairs => _expansion.PotentialComponents * _expansion.SourceComponents;

    private int LatticeLength => 8 * _transform.Period * _transform.Period * _transform.Period;

    private int PlaneLength => 16 * _transform.Period * _transform.Period;

    private int LineLength => 16 * _transform.Period;

    /// <summary>
    /// Computes them for boxes of half width <paramref name="halfWidth"/>: a matrix for each plane of frequencies along x, with two rows,
    /// real and imaginary parts, for each frequency and pair of components, and a column for each slot of <see cref="TransferVectors"/>.
    /// </summary>
    public PlainMatrices Build(double halfWidth, Jobs jobs)
    {
        _halfWidth = halfWidth;
        _scratch.Resize(checked(jobs.WorkerCount * ((LatticeLength * Pairs) + PlaneLength + (2 * LineLength))));
        PlainMatrices matrices = new();
        try
        {
            for (int kx = 0; kx < _planes.Length; kx++)
            {
                int rows = checked((_rows.First(kx + 1) - _rows.First(kx)) * _rows.Period * Pairs * 2);
                _planes[kx] = new NativeBuffer<double>(_ledger, "operators: M2L", (long)rows * TransferVectors.SlotStride);
                matrices.Add(FftOperators<double>.Name(kx), new PlainMatrix(rows, TransferVectors.SlotStride, _planes[kx]));
            }
            jobs.For((_slots.Length + 7) / 8, this);
            return matrices;
        }
        catch
        {
            matrices.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        double* lattice = _scratch.Pointer + ((nint)worker * ((LatticeLength * Pairs) + PlaneLength + (2 * LineLength)));
        double* plane = lattice + ((nint)LatticeLength * Pairs);
        double* line = plane + PlaneLength;
        double* spectrum = line + LineLength;
        ReadOnlySpan<int> slots = _slots.AsSpan()[(8 * unit)..Math.Min((8 * unit) + 8, _slots.Length)];
        Sample(slots, lattice);
        for (int c = 0; c < Pairs; c++)
        {
            for (int row = 0; row < _rows.Count; row++)
            {
                if (row == 0 || _rows.Kx(row) != _rows.Kx(row - 1)) _transform.FullPlane(lattice + ((nint)LatticeLength * c), _rows.Kx(row), plane);
                _transform.Row(plane, _transform.Period, _rows.Ky(row), line, spectrum);
                Distribute(slots, row, c, spectrum);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transform.Dispose();
        _scratch.Dispose();
    }

    private void Sample(ReadOnlySpan<int> slots, double* lattice)
    {
        int n = _transform.Period, p = _expansion.Order, points = n * n * n, pairs = Pairs;
        double width = 2 * _halfWidth;
        double spacing = 2 * _expansion.Ratios.Inner * _halfWidth / (p - 1);
        Span<double> block = stackalloc double[pairs];
        new Span<double>(lattice, LatticeLength * pairs).Clear();
        for (int v = 0; v < slots.Length; v++)
        {
            double x = width * TransferVectors.SlotComponent(slots[v], 0);
            double y = width * TransferVectors.SlotComponent(slots[v], 1);
            double z = width * TransferVectors.SlotComponent(slots[v], 2);
            for (int point = 0; point < points; point++)
            {
                int i = point / (n * n), j = point / n % n, k = point % n;
                if (i == p || j == p || k == p) continue;
                _kernel.EvaluatePlain(x + (spacing * Wrap(i)), y + (spacing * Wrap(j)), z + (spacing * Wrap(k)), block);
                for (int c = 0; c < pairs; c++) lattice[(8 * (((nint)c * points) + point)) + v] = block[c];
            }
        }

        // Lattice differences p+1 .. 2p-1 stand for -(p-1) .. -1; p itself never occurs.
        int Wrap(int index) => index < p ? index : index - n;
    }

    // The inverse transform's factor is taken here once and for all.
    private void Distribute(ReadOnlySpan<int> slots, int row, int component, double* spectrum)
    {
        int n = _transform.Period, kx = _rows.Kx(row);
        double factor = 1.0 / ((double)n * n * n);
        double* plane = _planes[kx].Pointer;
        for (int kz = 0; kz < n; kz++)
        {
            double* at = plane + ((((((nint)(row - _rows.First(kx)) * n) + kz) * Pairs) + component) * 2 * TransferVectors.SlotStride);
            for (int v = 0; v < slots.Length; v++)
            {
                at[slots[v]] = spectrum[(16 * kz) + v] * factor;
                at[TransferVectors.SlotStride + slots[v]] = spectrum[(16 * kz) + 8 + v] * factor;
            }
        }
    }
}

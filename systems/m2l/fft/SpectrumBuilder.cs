using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the transfer operators of the FFT strategy: for each transfer vector the kernel sampled on the lattice of
/// differences between two inner surfaces, transformed.
/// </summary>
/// <remarks>Eight transfer vectors are transformed at once, in the places of an octet's children.</remarks>
internal sealed unsafe class SpectrumBuilder<TKernel, T, TWide> : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly OctetTransform<double, TWide> _transform;
    private readonly int[] _slots;
    private readonly NativeBuffer<double> _scratch;
    private LevelOperators<T>? _operators;
    private double _halfWidth;

    public SpectrumBuilder(TKernel kernel, ExpansionSizes expansion, Ledger ledger)
    {
        _kernel = kernel;
        _expansion = expansion;
        _transform = new OctetTransform<double, TWide>(ledger, expansion.Order);
        _scratch = new NativeBuffer<double>(ledger, "M2L spectra: scratch");
        _slots = [.. Enumerable.Range(0, TransferVectors.SlotCount).Where(slot => TransferVectors.IsFar(
            TransferVectors.SlotComponent(slot, 0), TransferVectors.SlotComponent(slot, 1), TransferVectors.SlotComponent(slot, 2)))];
    }

    private int Pairs => _expansion.PotentialComponents * _expansion.SourceComponents;

    private int LatticeLength => 8 * _transform.Period * _transform.Period * _transform.Period;

    private int PlaneLength => 16 * _transform.Period * _transform.Period;

    private int LineLength => 16 * _transform.Period;

    /// <summary>Fills <see cref="LevelOperators{T}.Transfer"/> for boxes of half width <paramref name="halfWidth"/>.</summary>
    public void Build(LevelOperators<T> operators, double halfWidth, Jobs jobs)
    {
        _operators = operators;
        _halfWidth = halfWidth;
        operators.Transfer.Resize(checked(_expansion.FrequencyCount * Pairs * 2 * TransferVectors.SlotStride));
        operators.Transfer.Clear();
        _scratch.Resize(checked(jobs.WorkerCount * ((LatticeLength * Pairs) + PlaneLength + (2 * LineLength))));
        jobs.For((_slots.Length + 7) / 8, this);
        _operators = null;
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
        FrequencyRows rows = new(_expansion.Order);
        for (int c = 0; c < Pairs; c++)
        {
            for (int row = 0; row < rows.Count; row++)
            {
                if (row == 0 || rows.Kx(row) != rows.Kx(row - 1)) _transform.FullPlane(lattice + ((nint)LatticeLength * c), rows.Kx(row), plane);
                _transform.Row(plane, _transform.Period, rows.Ky(row), line, spectrum);
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
        int n = _transform.Period;
        double factor = 1.0 / ((double)n * n * n);
        for (int kz = 0; kz < n; kz++)
        {
            T* at = _operators!.Transfer.Pointer + (((((nint)row * n) + kz) * Pairs) + component) * 2 * TransferVectors.SlotStride;
            for (int v = 0; v < slots.Length; v++)
            {
                at[slots[v]] = T.CreateTruncating(spectrum[(16 * kz) + v] * factor);
                at[TransferVectors.SlotStride + slots[v]] = T.CreateTruncating(spectrum[(16 * kz) + 8 + v] * factor);
            }
        }
    }
}

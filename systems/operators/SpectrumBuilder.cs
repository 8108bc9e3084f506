using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes the transfer operators of the FFT strategy: the kernel sampled on the lattice of differences between two inner
/// surfaces, transformed, and sorted into 8 x 8 blocks of target and source child for each of 26 neighbouring octets.
/// </summary>
/// <remarks>Eight transfer vectors are transformed at once, in the places of an octet's children.</remarks>
internal sealed unsafe class SpectrumBuilder<TKernel, T, TWide> : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TWide : unmanaged, ILane<TWide, double>
{
    private readonly TKernel _kernel;
    private readonly Expansion _expansion;
    private readonly OctetTransform<double, TWide> _transform;
    private readonly List<(int Octet, int Target, int Source)>[] _places = new List<(int, int, int)>[TransferVectors.SlotCount];
    private readonly List<int> _slots = [];
    private readonly NativeBuffer<double> _scratch;
    private LevelOperators<T>? _operators;
    private double _halfWidth;

    public SpectrumBuilder(TKernel kernel, Expansion expansion, Ledger ledger)
    {
        _kernel = kernel;
        _expansion = expansion;
        _transform = new OctetTransform<double, TWide>(ledger, expansion.Order);
        _scratch = new NativeBuffer<double>(ledger, "M2L spectra: scratch");
        for (int octet = 0; octet < TransferVectors.OctetCount; octet++)
        {
            for (int pair = 0; pair < 64; pair++)
            {
                int slot = TransferVectors.Slot(octet, pair / 8, pair % 8);
                if (slot < 0) continue;
                if (_places[slot] is null)
                {
                    _places[slot] = [];
                    _slots.Add(slot);
                }
                _places[slot].Add((octet, pair / 8, pair % 8));
            }
        }
        _slots.Sort();
    }

    /// <summary>Fills <see cref="LevelOperators{T}.Transfer"/> for boxes of half width <paramref name="halfWidth"/>.</summary>
    public void Build(LevelOperators<T> operators, double halfWidth, Jobs jobs)
    {
        _operators = operators;
        _halfWidth = halfWidth;
        int pairs = _expansion.PotentialComponents * _expansion.SourceComponents;
        operators.Transfer.Resize(checked(TransferVectors.OctetCount * pairs * _expansion.FrequencyCount * 128));
        operators.Transfer.Clear();
        int period = _transform.Period;
        int lattice = 8 * period * period * period * pairs;
        int perWorker = lattice + (16 * _expansion.FrequencyCount) + _transform.ScratchLength(period);
        _scratch.Resize(checked(jobs.WorkerCount * perWorker));
        jobs.For((_slots.Count + 7) / 8, this);
        _operators = null;
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int n = _transform.Period, p = _expansion.Order, frequencies = _expansion.FrequencyCount;
        int columns = _expansion.SourceComponents, pairs = _expansion.PotentialComponents * columns;
        int points = n * n * n;
        int perWorker = (8 * points * pairs) + (16 * frequencies) + _transform.ScratchLength(n);
        double* lattice = _scratch.Pointer + ((nint)worker * perWorker);
        double* spectrum = lattice + ((nint)8 * points * pairs);
        double* scratch = spectrum + (16 * frequencies);
        int count = Math.Min(8, _slots.Count - (8 * unit));
        double width = 2 * _halfWidth;
        double spacing = 2 * _expansion.Ratios.Inner * _halfWidth / (p - 1);
        Span<double> block = stackalloc double[pairs];
        new Span<double>(lattice, 8 * points * pairs).Clear();
        for (int v = 0; v < count; v++)
        {
            int slot = _slots[(8 * unit) + v];
            double x = width * TransferVectors.SlotComponent(slot, 0);
            double y = width * TransferVectors.SlotComponent(slot, 1);
            double z = width * TransferVectors.SlotComponent(slot, 2);
            for (int point = 0; point < points; point++)
            {
                int i = point / (n * n), j = point / n % n, k = point % n;
                if (i == p || j == p || k == p) continue;
                _kernel.Evaluate(x + (spacing * Wrap(i)), y + (spacing * Wrap(j)), z + (spacing * Wrap(k)), block);
                for (int c = 0; c < pairs; c++) lattice[(8 * (((nint)c * points) + point)) + v] = block[c];
            }
        }
        for (int c = 0; c < pairs; c++)
        {
            _transform.Forward(lattice + ((nint)8 * points * c), n, hollow: false, spectrum, 16, scratch);
            for (int v = 0; v < count; v++) Distribute(_slots[(8 * unit) + v], v, c, pairs, spectrum);
        }

        // Lattice differences p+1 .. 2p-1 stand for -(p-1) .. -1; p itself never occurs.
        int Wrap(int index) => index < p ? index : index - n;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transform.Dispose();
        _scratch.Dispose();
    }

    private void Distribute(int slot, int lane, int component, int pairs, double* spectrum)
    {
        int frequencies = _expansion.FrequencyCount;
        double factor = 1.0 / ((double)_transform.Period * _transform.Period * _transform.Period);
        foreach ((int octet, int target, int source) in _places[slot])
        {
            T* block = _operators!.Transfer.Pointer + ((((nint)octet * pairs) + component) * frequencies * 128) + (16 * source) + target;
            for (int f = 0; f < frequencies; f++, block += 128)
            {
                block[0] = T.CreateTruncating(spectrum[(16 * f) + lane] * factor);
                block[8] = T.CreateTruncating(spectrum[(16 * f) + 8 + lane] * factor);
            }
        }
    }
}

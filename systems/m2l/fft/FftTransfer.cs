using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>M2L by transforms: a multiplication for each frequency of the surfaces' lattice. Serves every kernel.</summary>
internal sealed class FftTransfer : TransferMethod
{
    // Measured as ReferenceCosts says.
    private static readonly TransferCost[] _single =
    [
        new(1.5e-7, 3.0e-6), new(3.5e-7, 5.4e-6), new(8.0e-7, 1.17e-5), new(1.37e-6, 2.4e-5), new(2.5e-6, 4.1e-5), // 2 to 6
        new(4.1e-6, 6.5e-5), new(6.7e-6, 9.1e-5), new(8.8e-6, 1.4e-4), new(1.1e-5, 2.0e-4), new(1.5e-5, 2.8e-4), // 7 to 11
        new(2.0e-5, 3.7e-4), new(2.6e-5, 4.7e-4), new(3.3e-5, 6.0e-4), new(4.0e-5, 7.5e-4), new(5.0e-5, 9.5e-4), // 12 to 16
    ];

    private static readonly TransferCost[] _double =
    [
        new(2.5e-7, 6.0e-6), new(4.5e-7, 1.3e-5), new(8.9e-7, 2.4e-5), new(1.64e-6, 4.8e-5), new(2.8e-6, 8.1e-5), // 2 to 6
        new(4.9e-6, 1.22e-4), new(7.1e-6, 1.84e-4), new(1.05e-5, 2.7e-4), new(1.6e-5, 4.7e-4), new(2.6e-5, 5.6e-4), // 7 to 11
        new(2.5e-5, 8.0e-4), new(2.5e-5, 1.2e-3), new(3.0e-5, 1.6e-3), new(4.0e-5, 2.0e-3), new(5.0e-5, 2.5e-3), // 12 to 16
    ];

    /// <inheritdoc/>
    public override TransferStrategy Strategy => TransferStrategy.Fft;

    /// <inheritdoc/>
    public override bool IsCandidate<TKernel>(TKernel kernel, int order, Precision precision) => true;

    /// <inheritdoc/>
    public override TransferCost Cost(int order, Precision precision) => (precision == Precision.Single ? _single : _double)[order - FmmOptions.SmallestOrder];

    /// <inheritdoc/>
    public override TransferMemory Memory(ExpansionSizes expansion, int scalar, double nodes)
    {
        // The windows and passes of FftM2L.
        const double WindowOctets = 1300, PassNumbers = 8 << 20;
        double pairs = expansion.SourceComponents * (double)expansion.PotentialComponents;
        double octets = Math.Min(WindowOctets, nodes / 8), period = 2 * expansion.Order;
        double row = period * ((16 * expansion.SourceComponents * octets) + (128 * TransferVectors.OctetCount * pairs));
        double work = (8 * octets * expansion.DensityCount) + Math.Max(row, Math.Min(PassNumbers, period * row));
        // Computed in double precision: what is rounded gives its memory back plane by plane, before the windows take theirs.
        double numbers = expansion.FrequencyCount * 2 * TransferVectors.SlotStride * pairs, rounded = numbers * ((sizeof(double) / (double)scalar) - 1);
        return new TransferMemory(numbers * scalar, 0, 300.0 * expansion.DensityCount, Math.Max(work, rounded));
    }

    /// <inheritdoc/>
    public override double UsualLeaf(ExpansionSizes expansion) => 120 + (0.25 * expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Enter<T>(World world) => world.SetResource(new LevelSet<FftOperators<T>>(nameof(PrepareTransfers)));

    /// <inheritdoc/>
    public override PrepareTransfers Prepare<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, RegisterWidth width)
    {
        return new PrepareTransfersFor<TKernel, FftOperators<T>>(world, kernel, expansion, TRegister.Count, width switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => Spectra<Register512<double>>,
            RegisterWidth.Bits256 when RegisterWidths.Has256 => Spectra<Register256<double>>,
            RegisterWidth.Bits128 when RegisterWidths.Has128 => Spectra<Register128<double>>,
            RegisterWidth.Scalar when RegisterWidths.HasScalar => Spectra<Register1<double>>,
            _ => throw RegisterWidths.Missing(width),
        });

        PlainMatrices Spectra<TWide>(TKernel own, double halfWidth, Jobs jobs)
            where TWide : unmanaged, IRegister<TWide, double>
        {
            using SpectrumBuilder<TKernel, TWide> builder = new(own, expansion, world.Ledger);
            return builder.Build(halfWidth, jobs);
        }
    }

    /// <inheritdoc/>
    public override string Part(ExpansionSizes expansion, int lane) => "fft";

    /// <inheritdoc/>
    public override M2L Create<T, TRegister>(World world, ExpansionSizes expansion, ILinearAlgebra algebra) =>
        // The transforms have eight children in their lanes, so that their registers hold at most eight numbers.
        TRegister.Count > 8 ? new FftM2L<T, Register256<T>, TRegister>(world, expansion) : new FftM2L<T, TRegister, TRegister>(world, expansion);
}

using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L as a convolution: on the lattice of the inner surfaces the kernel depends on the difference of lattice points alone, so
/// that in frequency space a transfer is one multiplication. Goes window by window of target octets, and within it by passes over
/// a few rows of frequencies: all sources of the window are transformed to these rows, multiplied, and transformed back, before
/// the next rows take the same memory.
/// </summary>
/// <remarks>
/// A source is transformed once for all its targets in a window, and only the rows of a pass stand in memory. The levels of a
/// homogeneous kernel share their operators and go through the passes together.
/// </remarks>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TOctet">Registers of at most eight numbers, one a child.</typeparam>
/// <typeparam name="TRegister">Registers of the multiplication.</typeparam>
internal sealed unsafe partial class FftM2L<T, TOctet, TRegister> : OctetM2L<T, FftOperators<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOctet : unmanaged, IRegister<TOctet, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // Octets of a window: enough blocks to share out, few octets around them beside those in it, and the spectra of its passes stay near the processor.
    private const int WindowOctets = 1024;

    // Spectra and operators of a pass stay below this: less would repeat the waves along x. With sources and operators fetched a
    // frequency ahead it matters little whether they fit the last-level cache: 24 to 96 MB measured the same to 10 %.
    private const long PassBytes = 48L << 20;
    private const int Batch = 16;

    private readonly int _windowOctets;
    private readonly long _passBytes;
    private readonly OctetTransform<T, TOctet> _transform;
    private readonly FrequencyRows _rows;
    private readonly NativeBuffer<T> _points;
    private readonly NativeBuffer<T> _spectra;
    private readonly NativeBuffer<T> _matrices;
    private readonly SpectrumWindow _window;
    private readonly WorkerScratch<T> _scratch;
    private FftOperators<T>? _operators;
    private SpectrumPass _pass;
    private nint _octetStride;
    private bool _forward;

    /// <summary>The system for expansions of the given sizes.</summary>
    public FftM2L(World world, ExpansionSizes expansion)
        : this(world, expansion, WindowOctets, PassBytes)
    {
    }

    /// <summary>The same with windows and passes of another size.</summary>
    internal FftM2L(World world, ExpansionSizes expansion, int windowOctets, long passBytes)
        : base(world, expansion)
    {
        _windowOctets = windowOctets;
        _passBytes = passBytes;
        _transform = new OctetTransform<T, TOctet>(world.Ledger, expansion.Order);
        _rows = new FrequencyRows(expansion.Order);
        _points = new NativeBuffer<T>(world.Ledger, "M2L: densities of a window");
        _spectra = new NativeBuffer<T>(world.Ledger, "M2L: spectra of a pass");
        _matrices = new NativeBuffer<T>(world.Ledger, "M2L: operators of a pass");
        _window = new SpectrumWindow(world.Ledger);
        _scratch = new WorkerScratch<T>(world.Ledger, "M2L: scratch");
    }

    private int Period => _rows.Period;

    private int MatrixLength => 128 * TransferVectors.OctetCount * ExpansionSizes.SourceComponents * ExpansionSizes.PotentialComponents;

    private int PointsLength => 8 * ExpansionSizes.Surface.Count;

    private int PlaneLength => 16 * ExpansionSizes.Order * ExpansionSizes.Order;

    /// <inheritdoc/>
    public override void Execute(int unit, int worker)
    {
        if (!_forward) TransferBlock(Plan.TransferBlocks.Pointer[_window.FirstBlock + unit], worker);
        else if (unit < _pass.RowCount) ExpandRow(unit);
        else ForwardBatch(Batch * (unit - _pass.RowCount), worker);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _transform.Dispose();
        _points.Dispose();
        _spectra.Dispose();
        _matrices.Dispose();
        _window.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Transfer(TreeShape shape)
    {
        int targets = ExpansionSizes.PotentialComponents;
        int inverse = (targets * 16 * 64 * Period) + (targets * 64 * PlaneLength) + (16 * ExpansionSizes.Order) + (32 * Period);
        _scratch.Prepare(Jobs.WorkerCount, Math.Max(Math.Max(inverse, 8 * ExpansionSizes.DensityCount), Math.Max(PlaneLength + (16 * ExpansionSizes.Order), 2L * targets * PointsLength)));
        _window.Prepare(shape);
        for (int block = 0; block < Plan.TransferBlocks.Length; block += _window.BlockCount)
        {
            _operators = Operators![Plan.TransferBlocks.Pointer[block].Level];
            _window.Collect(Plan, Table!, Operators, block, _windowOctets);
            if (_window.SourceCount > 0) TransferWindow();
            else ClearWindow();
        }
    }

    private void TransferWindow()
    {
        int columns = ExpansionSizes.SourceComponents;
        _points.Resize(checked((int)((long)_window.SourceCount * columns * PointsLength)));
        long bytes = sizeof(T) * (long)Period * ((16L * columns * _window.SourceCount) + MatrixLength);
        int longest = (int)Math.Clamp(_passBytes / bytes, 1, Period);
        for (int kx = 0; kx <= ExpansionSizes.Order; kx++)
        {
            int end = _rows.First(kx + 1), count;
            // Pieces of about the same length.
            int pieces = (end - _rows.First(kx) + longest - 1) / longest;
            for (int row = _rows.First(kx); row < end; row += count, pieces--)
            {
                count = (end - row + pieces - 1) / pieces;
                _pass = new SpectrumPass(kx, row, count, row == 0, row + count == _rows.Count);
                // Sixteen numbers more, so that octets do not meet in the same sets of the cache.
                _octetStride = 16 * ((nint)(columns * count * Period) + 1);
                _spectra.Resize(checked((int)(_window.SourceCount * _octetStride)));
                _matrices.Resize(checked(count * Period * MatrixLength));
                _forward = true;
                Jobs.For(count + ((_window.SourceCount + Batch - 1) / Batch), this);
                _forward = false;
                Jobs.For(_window.BlockCount, this);
            }
        }
    }

    private void ClearWindow()
    {
        for (int i = _window.FirstBlock; i < _window.FirstBlock + _window.BlockCount; i++)
        {
            RowRun block = Plan.TransferBlocks.Pointer[i];
            new Span<T>(Locals.Row(block.Level, 8 * block.Start), 8 * block.Count * ExpansionSizes.CheckCount).Clear();
        }
    }
}

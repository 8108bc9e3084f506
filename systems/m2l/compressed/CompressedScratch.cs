using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Memory that <see cref="CompressedBuilder{TKernel}"/> needs only while it builds. It is native and goes back at the end:
/// what the managed heap once held stays with the process, on top of all that the evaluation takes later.
/// </summary>
internal sealed unsafe class CompressedScratch(Ledger ledger, int workers) : IDisposable
{
    private const int Parts = 3;
    private readonly NativeBuffer<double> _cores = new(ledger, "operators: compressed M2L, transfers between the bases");
    private readonly NativeBuffer<double> _sketches = new(ledger, "operators: compressed M2L, sketches of transfers");
    private readonly NativeBuffer<double> _shells = new(ledger, "operators: compressed M2L, shells of transfers");
    private readonly NativeBuffer<double>[] _parts = MakeParts(ledger, workers * Parts);

    private int _core;
    private int _sketch;
    private int _shell;

    /// <summary>What a worker has room for.</summary>
    internal enum Part
    {
        /// <summary>The transfer matrix of a vector.</summary>
        Matrix,

        /// <summary>Random signs, or the first factor of a class.</summary>
        First,

        /// <summary>A product.</summary>
        Second,
    }

    /// <summary>Combinations in the sketch of a transfer.</summary>
    public int Samples { get; private set; }

    /// <summary>Makes room for so many transfers between bases of so many functions, and for their sketches.</summary>
    public void PrepareCores(int count, int rows, int columns, int samples)
    {
        Samples = samples;
        _core = rows * columns;
        _sketch = samples * columns;
        _shell = Math.Max(rows, columns) + 1;
        _cores.Resize(checked(count * _core));
        _sketches.Resize(checked(count * _sketch));
        _shells.Resize(checked(count * _shell));
    }

    /// <summary>A transfer between the bases.</summary>
    public double* Core(int slot) => _cores.Pointer + (slot * (nint)_core);

    /// <summary>Random combinations of its rows.</summary>
    public Span<double> Sketch(int slot) => _sketches.Span.Slice(slot * _sketch, _sketch);

    /// <summary>The squares of its elements, summed over those that have a function of so many leading ones, but none beyond.</summary>
    public Span<double> Shells(int slot) => _shells.Span.Slice(slot * _shell, _shell);

    /// <summary>A worker's room, its contents unspecified.</summary>
    public Span<double> Take(int worker, Part part, int length)
    {
        NativeBuffer<double> buffer = _parts[(worker * Parts) + (int)part];
        buffer.Resize(length);
        return buffer.Span;
    }

    public void Dispose()
    {
        _cores.Dispose();
        _sketches.Dispose();
        _shells.Dispose();
        foreach (NativeBuffer<double> buffer in _parts) buffer.Dispose();
    }

    private static NativeBuffer<double>[] MakeParts(Ledger ledger, int count)
    {
        NativeBuffer<double>[] parts = new NativeBuffer<double>[count];
        for (int i = 0; i < count; i++) parts[i] = new NativeBuffer<double>(ledger, "operators: compressed M2L, scratch");
        return parts;
    }
}

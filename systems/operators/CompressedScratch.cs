using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Memory that <see cref="CompressedBuilder{TKernel, T}"/> needs only while it builds. It is native and goes back at the end:
/// what the managed heap once held stays with the process, on top of all that the evaluation takes later.
/// </summary>
internal sealed unsafe class CompressedScratch(Ledger ledger, int workers) : IDisposable
{
    private readonly NativeBuffer<double> _cores = new(ledger, "operators: compressed M2L, transfers between the bases");
    private readonly NativeBuffer<double>[] _parts =
        [.. Enumerable.Range(0, workers * 2).Select(_ => new NativeBuffer<double>(ledger, "operators: compressed M2L, scratch"))];

    private nint _core;

    /// <summary>What a worker has room for.</summary>
    internal enum Part
    {
        /// <summary>Random signs, or a product with one of the bases.</summary>
        First,

        /// <summary>Products with both bases.</summary>
        Second,
    }

    /// <summary>Makes room for all transfers between the bases.</summary>
    public void PrepareCores(int length)
    {
        _core = length;
        _cores.Resize(checked(PositiveVectors.Count * length));
    }

    /// <summary>The transfer of a vector between the bases.</summary>
    public double* Core(int vector) => _cores.Pointer + (vector * _core);

    /// <summary>A worker's room, its contents unspecified.</summary>
    public Span<double> Take(int worker, Part part, int length)
    {
        NativeBuffer<double> buffer = _parts[(worker * 2) + (int)part];
        buffer.Resize(length);
        return buffer.Span;
    }

    public void Dispose()
    {
        _cores.Dispose();
        foreach (NativeBuffer<double> buffer in _parts) buffer.Dispose();
    }
}

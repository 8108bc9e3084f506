using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A run of scratch for each worker, kept from update to update.</summary>
internal sealed unsafe class WorkerScratch<T>(Ledger ledger, string name) : IDisposable
    where T : unmanaged
{
    private const int Line = 64;
    private readonly NativeBuffer<T> _buffer = new(ledger, name);
    private nint _stride;

    /// <summary>Makes room for <paramref name="length"/> numbers a worker, each run on cache lines of its own.</summary>
    public void Prepare(int workers, long length)
    {
        _stride = checked((nint)((length + Line - 1) / Line * Line) + Line);
        int total = checked((int)(workers * _stride));
        if (_buffer.Length < total) _buffer.Resize(total);
    }

    public T* Of(int worker) => _buffer.Pointer + (worker * _stride);

    public void Dispose() => _buffer.Dispose();
}

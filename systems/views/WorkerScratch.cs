using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A run of native memory for each worker of a system, kept from update to update: what a job (<see cref="IJob"/>) needs on its way, without
/// allocating in a warm step. Its contents are whatever was there before.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <param name="ledger">The ledger of the world, which tells what was not given back.</param>
/// <param name="name">Names the memory there.</param>
public sealed unsafe class WorkerScratch<T>(Ledger ledger, string name) : IDisposable
    where T : unmanaged
{
    private const int Line = 64;
    private readonly NativeBuffer<T> _buffer = new(ledger, name);
    private nint _stride;
    private int _length;

    /// <summary>Makes room for <paramref name="length"/> numbers a worker, each run on cache lines of its own; called at the start of an update.</summary>
    /// <param name="workers">Workers of the running update, <see cref="Jobs.WorkerCount"/>.</param>
    /// <param name="length">Numbers that each of them needs.</param>
    /// <exception cref="OverflowException">They are more than a buffer counts.</exception>
    public void Prepare(int workers, long length)
    {
        _length = checked((int)length);
        _stride = checked((nint)((length + Line - 1) / Line * Line) + Line);
        int total = checked((int)(workers * _stride));
        if (_buffer.Length < total) _buffer.Resize(total);
    }

    /// <summary>A worker's numbers.</summary>
    /// <param name="worker">The worker, as a job is told.</param>
    public Span<T> Span(int worker) => new(Of(worker), _length);

    internal T* Of(int worker) => _buffer.Pointer + (worker * _stride);

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}

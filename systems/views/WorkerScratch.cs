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
    private int _workers;

    /// <summary>Makes room for <paramref name="length"/> numbers a worker, each run on cache lines of its own; called at the start of an update.</summary>
    /// <param name="workers">Workers of the running update, <see cref="Jobs.WorkerCount"/>.</param>
    /// <param name="length">Numbers that each of them needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no worker, or the length is negative.</exception>
    /// <exception cref="OverflowException">They are more than a buffer counts.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public void Prepare(int workers, long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nint stride = checked((nint)((length + Line - 1) / Line * Line) + Line);
        int total = checked((int)(workers * stride));
        if (_buffer.Length < total) _buffer.Resize(total);
        (_length, _stride, _workers) = ((int)length, stride, workers);
    }

    /// <summary>A worker's numbers.</summary>
    /// <param name="worker">The worker, as a job is told.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such worker, or <see cref="Prepare"/> was not called yet, or it was disposed of.</exception>
    public Span<T> Span(int worker)
    {
        if (unchecked((uint)worker) >= (uint)_workers)
            throw new ArgumentOutOfRangeException(nameof(worker), worker, $"There is scratch for {_workers} workers: call Prepare with Jobs.WorkerCount at the start of the update.");
        return new Span<T>(Of(worker), _length);
    }

    internal T* Of(int worker) => _buffer.Pointer + (worker * _stride);

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers = 0;
        _buffer.Dispose();
    }
}

using System.Text;

namespace Fmm.Engine;

/// <summary>
/// The account of native memory: every native buffer is entered when it is made and struck out when it is
/// disposed of. One a world, so that two worlds on two threads never meet here.
/// </summary>
/// <remarks>Safe to use from many threads. Entering and leaving allocate nothing on the managed heap.</remarks>
public sealed class Ledger
{
    private readonly Lock _gate = new();
    private NativeBlock? _first;
    private int _outstanding;
    private long _bytes;
    private long _peak;
    private long _limit = long.MaxValue;

    /// <summary>An empty account, guarded as the environment variable <c>FMM_GUARD</c> says: <c>pages</c>, <c>canaries</c> or
    /// <c>off</c>, which is the default.</summary>
    /// <exception cref="InvalidOperationException">The variable says something else.</exception>
    public Ledger()
        : this(OfEnvironment())
    {
    }

    /// <summary>An empty account.</summary>
    /// <param name="guard">How its buffers are guarded.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such guard.</exception>
    public Ledger(MemoryGuard guard)
    {
        Source = NativeSource.Of(guard);
        Guard = guard;
    }

    /// <summary>How its buffers are guarded.</summary>
    public MemoryGuard Guard { get; }

    /// <summary>
    /// Bytes that may be outstanding. A buffer that would need more is refused with an
    /// <see cref="InsufficientMemoryException"/>, and nothing has changed then. A limit below what is held only
    /// forbids growth. <see cref="long.MaxValue"/>, the default, sets none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long LimitBytes
    {
        get
        {
            lock (_gate) return _limit;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_gate) _limit = value;
        }
    }

    internal NativeSource Source { get; }

    /// <summary>Buffers made and not yet disposed of.</summary>
    public int Outstanding
    {
        get
        {
            lock (_gate) return _outstanding;
        }
    }

    /// <summary>Bytes that the outstanding buffers hold, capacity and padding included.</summary>
    public long OutstandingBytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>The largest value that <see cref="OutstandingBytes"/> ever had.</summary>
    public long PeakBytes
    {
        get
        {
            lock (_gate) return _peak;
        }
    }

    /// <summary>One line for each outstanding buffer (name and bytes), the newest first, under a line with the sums.</summary>
    public string Report()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            text.Append(_outstanding).Append(" buffers, ").Append(_bytes).Append(" bytes (peak ").Append(_peak).Append(')');
            for (NativeBlock? block = _first; block is not null; block = block.Next)
                text.Append('\n').Append("  ").Append(block.Name).Append(": ").Append(block.CapacityBytes).Append(" bytes");
            return text.ToString();
        }
    }

    /// <summary>The check at the end of a test or a program: nothing may be left.</summary>
    /// <exception cref="InvalidOperationException">A buffer was not disposed of; the message holds <see cref="Report"/>.</exception>
    public void ThrowIfOutstanding()
    {
        if (Outstanding != 0)
            throw new InvalidOperationException("Native buffers were not disposed of: " + Report());
    }

    /// <summary>Looks at the guards of all outstanding buffers, and of freed memory that is still kept away. Without a guard
    /// it does nothing. No buffer may be resized or written meanwhile.</summary>
    /// <exception cref="MemoryGuardException">Something was overwritten; a line for each buffer names it, its size, the side and the
    /// distance.</exception>
    public void CheckGuards()
    {
        if (Guard == MemoryGuard.Off) return;
        var lines = new List<string>();
        lock (_gate)
        {
            for (NativeBlock? block = _first; block is not null; block = block.Next)
                if (block.Damage() is { } damage) lines.Add(damage);
        }
        if (Source.DamageOfFreed() is { } freed) lines.Add(freed);
        if (lines.Count > 0) throw new MemoryGuardException(string.Join('\n', lines));
    }

    internal void Enter(NativeBlock block)
    {
        lock (_gate)
        {
            block.Next = _first;
            if (_first is not null) _first.Previous = block;
            _first = block;
            _outstanding++;
        }
    }

    internal void Leave(NativeBlock block)
    {
        lock (_gate)
        {
            if (block.Previous is null) _first = block.Next;
            else block.Previous.Next = block.Next;
            if (block.Next is not null) block.Next.Previous = block.Previous;
            block.Next = null;
            block.Previous = null;
            _outstanding--;
        }
    }

    /// <summary>Counts bytes before they are taken, or as they are given back; refuses what is past the limit.</summary>
    internal void Charge(NativeBlock block, long difference)
    {
        lock (_gate)
        {
            if (difference > 0 && difference > _limit - _bytes)
                throw new InsufficientMemoryException($"Buffer '{block.Name}' needs {difference} bytes more, but its ledger holds {_bytes} of the {_limit} bytes that Ledger.LimitBytes allows.");
            _bytes += difference;
            _peak = Math.Max(_peak, _bytes);
        }
    }

    private static MemoryGuard OfEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable("FMM_GUARD");
        if (string.IsNullOrEmpty(text)) return MemoryGuard.Off;
        foreach (MemoryGuard guard in Enum.GetValues<MemoryGuard>())
            if (string.Equals(text, guard.ToString(), StringComparison.OrdinalIgnoreCase)) return guard;
        throw new InvalidOperationException($"The environment variable FMM_GUARD is '{text}'; it may be pages, canaries or off.");
    }
}

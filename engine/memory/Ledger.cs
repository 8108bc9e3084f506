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

    internal void Resized(long difference)
    {
        lock (_gate)
        {
            _bytes += difference;
            _peak = Math.Max(_peak, _bytes);
        }
    }
}

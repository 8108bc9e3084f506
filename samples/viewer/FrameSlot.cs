namespace Fmm.Samples;

/// <summary>
/// Where frames wait for one viewer: two buffers, each free, full, or on its way until the viewer says that it has drawn it. The thread that
/// steps fills a free one or goes on; so a viewer that is slow, or hangs, costs neither time nor memory.
/// </summary>
internal sealed class FrameSlot
{
    private const int Buffers = 2;
    private readonly byte[][] _bytes = [[], []];
    private readonly int[] _lengths = new int[Buffers];
    private readonly State[] _states = new State[Buffers];
    private readonly Lock _gate = new();
    private int _nextFull;
    private int _nextSent;

    private enum State
    {
        Free,
        Full,
        OnItsWay,
    }

    /// <summary>A free buffer of at least so many bytes; null where there is none. It grows and never shrinks, so that the next of that size takes nothing.</summary>
    /// <remarks>Only the thread that steps fills buffers: between this and <see cref="Fill"/> the state need not change.</remarks>
    public byte[]? Free(int bytes)
    {
        lock (_gate)
        {
            if (_states[_nextFull] != State.Free) return null;
        }

        if (_bytes[_nextFull].Length < bytes) _bytes[_nextFull] = new byte[bytes + (bytes / 8)];
        return _bytes[_nextFull];
    }

    /// <summary>The buffer that <see cref="Free"/> gave holds a frame.</summary>
    /// <param name="length">Bytes of it.</param>
    public void Fill(int length)
    {
        lock (_gate)
        {
            (_states[_nextFull], _lengths[_nextFull]) = (State.Full, length);
            _nextFull = (_nextFull + 1) % Buffers;
        }
    }

    /// <summary>The frame that has waited longest, which is now on its way; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        lock (_gate)
        {
            for (int i = 0; i < Buffers; i++)
            {
                int at = (_nextFull + i) % Buffers;
                if (_states[at] != State.Full) continue;
                _states[at] = State.OnItsWay;
                return _bytes[at].AsMemory(0, _lengths[at]);
            }

            return default;
        }
    }

    /// <summary>The viewer has drawn the frame that was longest on its way; nothing where none is.</summary>
    public void Return()
    {
        lock (_gate)
        {
            if (_states[_nextSent] != State.OnItsWay) return;
            _states[_nextSent] = State.Free;
            _nextSent = (_nextSent + 1) % Buffers;
        }
    }
}

using System.Net.WebSockets;

namespace Fmm.Samples;

/// <summary>All pages that watch. The thread that steps offers frames and rings a bell; a thread of its own wakes the sockets, so that stepping allocates nothing.</summary>
internal sealed class ViewHub : IDisposable
{
    /// <summary>Pages at once; more are refused.</summary>
    public const int MostClients = 8;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _bell = new(false);
    private readonly Thread _waker;
    private volatile ViewClient[] _clients = [];
    private volatile bool _ended;

    /// <summary>An empty hub.</summary>
    public ViewHub()
    {
        _waker = new Thread(WakeAll) { IsBackground = true, Name = "viewer" };
        _waker.Start();
    }

    /// <summary>What there is to tell.</summary>
    public ViewBoard Board { get; } = new();

    /// <summary>What viewers ask for.</summary>
    public ViewControl Control { get; } = new();

    /// <summary>How many pages watch.</summary>
    public int Count => _clients.Length;

    /// <summary>Frames that pages were too slow for, all together.</summary>
    public int Dropped => _clients.Sum(one => one.Dropped);

    /// <summary>Whether a page lacks a frame of what it wants to see.</summary>
    public bool IsStale
    {
        get
        {
            foreach (ViewClient one in _clients)
                if (one.IsStale) return true;
            return false;
        }
    }

    /// <summary>Offers frames to all pages; called by the thread that steps.</summary>
    public void Offer(FrameEncoder encoder, int numbers, bool isUrgent)
    {
        foreach (ViewClient one in _clients)
            if (!isUrgent || one.IsStale) one.Offer(encoder, numbers, isUrgent);
    }

    /// <summary>There is something to send.</summary>
    public void Ring() => _bell.Set();

    /// <summary>Serves one page until it leaves.</summary>
    /// <returns>False where there are too many.</returns>
    public async Task<bool> Serve(Func<Task<WebSocket>> accept, CancellationToken cancellation)
    {
        if (Count >= MostClients) return false;
        using WebSocket socket = await accept();
        using ViewClient client = new(socket, Board, Control, () => Count);
        lock (_gate) _clients = [.. _clients, client];
        Control.Touch();
        Ring();
        try
        {
            await client.Run(cancellation);
        }
        finally
        {
            lock (_gate) _clients = [.. _clients.Where(one => one != client)];
            Control.Touch();
            Ring();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended = true;
        _bell.Set();
        _waker.Join();
        _bell.Dispose();
    }

    private void WakeAll()
    {
        while (_bell.WaitOne() && !_ended)
            foreach (ViewClient one in _clients) one.Wake();
    }
}

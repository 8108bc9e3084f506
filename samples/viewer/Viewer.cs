namespace Fmm.Samples;

/// <summary>The window of a run: a server on this machine's loopback address whose page shows the points moving. It outlives a scene that begins anew.</summary>
public sealed class Viewer : IDisposable
{
    // A page that loads anew is away for a moment.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);
    private readonly ViewHub _hub = new();
    private readonly ViewServer _server;
    private readonly SceneRequest _request;
    private int _runs;

    private Viewer(SceneRequest request, int port)
    {
        _request = request;
        try
        {
            _server = new ViewServer(port, _hub);
        }
        catch
        {
            _hub.Dispose();
            throw;
        }
    }

    /// <summary>The page's address, with the token without which it is refused.</summary>
    public string Address => _server.Address;

    /// <summary>How many pages watch.</summary>
    public int Count => _hub.Count;

    /// <summary>Starts a server where one was asked for, and tells its address.</summary>
    /// <param name="request">What was asked for.</param>
    /// <returns>Null where none was.</returns>
    /// <exception cref="InputException">The port is taken.</exception>
    public static Viewer? Open(SceneRequest request)
    {
        if (request.ViewPort is not int port) return null;
        Viewer viewer = new(request, port);
        request.Terminal.Note($"watch at {viewer.Address}");
        return viewer;
    }

    /// <summary>An observer that shows one simulation.</summary>
    /// <param name="steps">Number of its last step.</param>
    internal ISimulationObserver Observe(int steps) => new ViewObserver(this, _hub, steps, _runs++);

    /// <summary>On a terminal, waits for the first page: whoever sits there wants to see the run from its beginning.</summary>
    internal void AwaitPage()
    {
        if (_request.Terminal.Screen() is null) return;
        while (_hub.Count == 0 && !_request.Cancellation.IsCancellationRequested) _hub.Control.Wait(_hub.Control.Version, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Whether somebody watches, or did a moment ago.</summary>
    internal bool IsWatched(ref long left)
    {
        if (_hub.Count > 0) left = Environment.TickCount64;
        return Environment.TickCount64 - left < _grace.TotalMilliseconds;
    }

    /// <summary>Whether the run was told to end.</summary>
    internal bool IsCancelled => _request.Cancellation.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        _hub.Dispose();
    }
}

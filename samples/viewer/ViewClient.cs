using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Fmm.Samples;

/// <summary>One page that watches: what it wants to see, its frames, and the two loops of its socket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="board">What there is to tell.</param>
/// <param name="control">Whom to tell what it asks for.</param>
/// <param name="viewers">How many there are.</param>
internal sealed class ViewClient(WebSocket socket, ViewBoard board, ViewControl control, Func<int> viewers) : IDisposable
{
    private const int LongestMessage = 4096;

    // What looks smooth: at the 60 of screens, server and page take a third more of two busy processors from the run than at 33.
    private const double FramesASecond = 33;
    private readonly SemaphoreSlim _news = new(1, 1);
    private ViewScene? _scene;
    private float[]? _sizes;
    private long _control = -1;
    private int _statistics;
    private int _viewers;
    private bool _isOver;
    private int _colour;
    private uint _levels;
    private long _offered;
    private int _isStale = 1;

    /// <summary>Its frames.</summary>
    public FrameSlot Slot { get; } = new();

    /// <summary>Whether it lacks a frame of what it wants to see, as it stands.</summary>
    public bool IsStale => Volatile.Read(ref _isStale) != 0;

    /// <summary>Frames that it was too slow for.</summary>
    public int Dropped { get; private set; }

    /// <summary>Takes a frame for it, where it is time for one and it has room; called by the thread that steps.</summary>
    /// <param name="encoder">Takes it.</param>
    /// <param name="numbers">How many numbers there are to choose from.</param>
    /// <param name="isUrgent">Whether this may be the last for a while.</param>
    /// <returns>Whether there is something to send.</returns>
    public bool Offer(FrameEncoder encoder, int numbers, bool isUrgent)
    {
        if (!isUrgent && Stopwatch.GetElapsedTime(_offered).TotalSeconds < 1 / FramesASecond)
        {
            Volatile.Write(ref _isStale, 1);
            return false;
        }

        // Cleared before the wish is read: a wish that comes meanwhile is seen the next time.
        Volatile.Write(ref _isStale, 0);
        int colour = Volatile.Read(ref _colour);
        if (encoder.Offer(Slot, colour < numbers ? colour : 0, Volatile.Read(ref _levels), Dropped))
        {
            _offered = Stopwatch.GetTimestamp();
            return true;
        }

        Volatile.Write(ref _isStale, 1);
        if (!isUrgent) Dropped++;
        return false;
    }

    /// <summary>There may be something to send.</summary>
    public void Wake()
    {
        try
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
        catch (Exception fault) when (fault is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else woke it at the same time, or it has just left.
        }
    }

    /// <summary>Sends and receives until either side closes.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sending = Send(ended.Token);
        try
        {
            await Receive(ended.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The page is gone, or sent what none of ours sends.
        }
        finally
        {
            await ended.CancelAsync();
            socket.Abort();
            await sending;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _news.Dispose();

    private async Task Send(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await _news.WaitAsync(cancellation);
                foreach (ReadOnlyMemory<byte> text in Texts()) await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancellation);
                if (_scene is null) continue;
                if (board.Sizes is { } sizes && !ReferenceEquals(sizes, _sizes))
                {
                    _sizes = sizes;
                    await socket.SendAsync(ViewMessages.Sizes(sizes), WebSocketMessageType.Binary, endOfMessage: true, cancellation);
                }

                while (Slot.Take() is { IsEmpty: false } frame) await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    // What it has not been told yet.
    private IEnumerable<ReadOnlyMemory<byte>> Texts()
    {
        if (board.Scene is { } scene && !ReferenceEquals(scene, _scene)) yield return ViewMessages.Scene(_scene = scene);
        (long version, bool isOver, int count) = (control.Version, board.IsOver, viewers());
        if ((version, isOver, count) != (_control, _isOver, _viewers))
        {
            (_control, _isOver, _viewers) = (version, isOver, count);
            yield return ViewMessages.State(control, isOver, count);
        }

        if (board.Statistics is not { Version: > 0 } statistics || HashCode.Combine(statistics, statistics.Version) == _statistics) yield break;
        _statistics = HashCode.Combine(statistics, statistics.Version);
        yield return ViewMessages.Statistics(statistics);
    }

    private async Task Receive(CancellationToken cancellation)
    {
        byte[] bytes = new byte[LongestMessage];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(bytes.AsMemory(length), cancellation);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close || (length == bytes.Length && !part.EndOfMessage)) return;
            }
            while (!part.EndOfMessage);
            if (part.MessageType != WebSocketMessageType.Text || !Act(bytes.AsMemory(0, length))) return;
        }
    }

    // False for what no page of ours sends.
    private bool Act(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 4 });
            JsonElement root = json.RootElement;
            switch (root.GetProperty("do").GetString())
            {
                case "drawn":
                    Slot.Return();
                    if (IsStale && (control.IsPaused || board.IsOver)) control.Touch();
                    break;
                case "pause":
                    control.Pause(root.GetProperty("value").GetBoolean());
                    break;
                case "step":
                    control.Step();
                    break;
                case "restart":
                    control.Restart();
                    break;
                case "limit":
                    control.Slow(root.GetProperty("value").GetDouble());
                    break;
                case "show":
                    Volatile.Write(ref _colour, Math.Max(0, root.GetProperty("colour").GetInt32()));
                    Volatile.Write(ref _levels, root.GetProperty("levels").GetUInt32());
                    Volatile.Write(ref _isStale, 1);
                    control.Touch();
                    break;
                default:
                    return false;
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}

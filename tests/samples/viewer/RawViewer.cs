using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Fmm.Tests;

/// <summary>A viewer without a page: the protocol as docs/viewing.md tells it.</summary>
internal sealed class RawViewer : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _bytes = new byte[1 << 23];

    /// <summary>Connects.</summary>
    /// <param name="address">The page's address.</param>
    public static async Task<RawViewer> Connect(string address)
    {
        RawViewer viewer = new();
        await viewer._socket.ConnectAsync(new Uri(address.Replace("http:", "ws:", StringComparison.Ordinal).Replace("/?", "/socket?", StringComparison.Ordinal)), CancellationToken.None);
        return viewer;
    }

    /// <summary>Texts received so far.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Reads until the next frame.</summary>
    /// <returns>Its bytes, valid until the next call.</returns>
    public async Task<Memory<byte>> Frame(CancellationToken cancellation = default)
    {
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_bytes.AsMemory(length), cancellation);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Text) Texts.Add(Encoding.UTF8.GetString(_bytes, 0, length));
            else if (part.MessageType == WebSocketMessageType.Binary && BinaryPrimitives.ReadUInt32LittleEndian(_bytes) == 0x564D4D46) return _bytes.AsMemory(0, length);
            else if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed");
        }
    }

    /// <summary>Sends a wish.</summary>
    public Task Send(string json) => _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Says that a frame was drawn.</summary>
    public Task Drawn() => Send("""{"do":"drawn"}""");

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}

using Microsoft.Win32.SafeHandles;
using PureHDF;

namespace Fmm.Files;

/// <summary>
/// The bytes of a file for the library, remembering where it last read the elements of a dataset: so their place in the file is
/// learnt, from where they are then read at the disk's speed.
/// </summary>
/// <remarks>
/// Reads of single fields go through a small window; without it each is a call of the system. The library does not check the
/// checksums of object headers and of the lists of chunks, so they are checked here when one is met.
/// </remarks>
internal sealed class Hdf5Source(SafeFileHandle handle, long length) : Stream, IDatasetStream
{
    private const int WindowBytes = 1 << 13;
    private readonly Hdf5FixedArrays _arrays = new();
    private readonly byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;
    private byte _last;

    /// <summary>Where elements were last read, in bytes from the file's beginning; -1 before.</summary>
    public long DatasetPosition { get; set; } = -1;

    /// <summary>The file.</summary>
    public SafeFileHandle Handle => handle;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public void ReadDataset(Span<byte> buffer)
    {
        DatasetPosition = Position;
        ReadAt(handle, buffer, Position);
        Position += buffer.Length;
    }

    /// <summary>Reads all that is asked for.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void ReadAt(SafeFileHandle handle, Span<byte> buffer, long position)
    {
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(handle, buffer, position);
            if (read == 0) throw new EndOfStreamException("its end comes too early");
            buffer = buffer[read..];
            position += read;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (Position < 0 || Position >= length) return 0;
        if (Position < _windowStart || Position + Math.Min(buffer.Length, WindowBytes) > _windowStart + _windowLength)
        {
            _windowStart = Position;
            _windowLength = RandomAccess.Read(handle, _window, Position);
        }

        int at = (int)(Position - _windowStart), count = Math.Min(buffer.Length, _windowLength - at);
        _window.AsSpan(at, count).CopyTo(buffer);
        if (count == 4 && buffer[0] == (byte)'F') _arrays.Check(handle, length, Position, buffer[..4]);
        if (count == 3 && _last == (byte)'O' && buffer[..3].SequenceEqual("HDR"u8)) Hdf5Checksum.CheckHeader(handle, length, Position - 1);
        if (count > 0) _last = buffer[count - 1];
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

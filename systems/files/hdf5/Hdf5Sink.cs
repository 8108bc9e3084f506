using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>
/// A file that the library writes its headers into, remembering where it last wrote: so the place of a dataset is learnt, which is
/// then filled at the disk's speed.
/// </summary>
internal sealed class Hdf5Sink(SafeFileHandle handle) : Stream
{
    private long _length;

    /// <summary>Where bytes were last written; -1 before.</summary>
    public long LastPosition { get; set; } = -1;

    /// <summary>How many bytes were last written.</summary>
    public int LastLength { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <summary>Writes elements at a place.</summary>
    public void WriteAt(ReadOnlySpan<byte> buffer, long position)
    {
        RandomAccess.Write(handle, buffer, position);
        _length = Math.Max(_length, position + buffer.Length);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        (LastPosition, LastLength) = (Position, buffer.Length);
        WriteAt(buffer, Position);
        Position += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(handle, buffer, Position);
        Position += read;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}

using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Standard output: every fault of the stream under it is an <see cref="OutputException"/>.</summary>
internal class OutputStream(Stream under, string name = "standard output") : Stream
{
    /// <summary>True while nothing is written at all.</summary>
    public bool Silent { get; set; }

    /// <summary>True once a byte was written.</summary>
    public bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The stream under it.</summary>
    protected Stream Under => under;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty || Silent) return;
        try
        {
            under.Write(buffer);
            HasBegun = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fail(fault as OutputException ?? new OutputException(name, fault));
        }
    }

    /// <inheritdoc/>
    public override void Flush() => under.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>What a fault comes to.</summary>
    protected virtual void Fail(OutputException fault) => throw fault;
}

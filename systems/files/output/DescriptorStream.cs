using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>
/// The bytes of a descriptor as they are: at its own place in the file, with every fault told. .NET's console stream takes a broken
/// pipe for success, and its file stream gives up where the other side has made the pipe non-blocking.
/// </summary>
internal sealed unsafe class DescriptorStream(int descriptor, string name, bool owned = false) : Stream
{
    private bool _closed;

    /// <inheritdoc/>
    public override bool CanRead => true;

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

    /// <summary>A stream of its own over a descriptor that the process was started with.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="OutputException">It was closed at the start.</exception>
    public static DescriptorStream Inherited(int descriptor, string name)
    {
        int own = Descriptor.IsInherited(descriptor) ? Posix.Control(descriptor, Posix.DuplicateAndCloseOnExec, 3) : -1;
        return own >= 0 ? new DescriptorStream(own, name, owned: true) : throw new OutputException(name, Posix.BadDescriptor);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            while (true)
            {
                nint read = Posix.Read(descriptor, at, buffer.Length);
                if (read >= 0) return (int)read;
                WaitOrThrow(Posix.CanRead);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="OutputException">The bytes can't be written, or not all of them.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* at = buffer)
        {
            for (int done = 0; done < buffer.Length;)
            {
                nint written = Posix.Write(descriptor, at + done, buffer.Length - done);
                if (written >= 0) done += (int)written;
                else WaitOrThrow(Posix.CanWrite);
            }
        }
    }

    /// <summary>Writes a line or so if that can be done at once, and never waits.</summary>
    public void WriteIfReady(ReadOnlySpan<byte> line)
    {
        Posix.PollRequest request = new() { Descriptor = descriptor, Wanted = Posix.CanWrite };
        if (Posix.Poll(&request, 1, 0) != 1 || request.Found != Posix.CanWrite) return;
        fixed (byte* at = line) _ = Posix.Write(descriptor, at, line.Length);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (owned && !_closed) new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true).Dispose();
        _closed = true;
        base.Dispose(disposing);
    }

    private void WaitOrThrow(short wanted)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == Posix.InterruptedCall) return;
        if (error != Posix.TryAgain) throw new OutputException(name, error);
        Posix.PollRequest request = new() { Descriptor = descriptor, Wanted = wanted };
        _ = Posix.Poll(&request, 1, -1);
    }
}

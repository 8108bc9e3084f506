using System.Runtime.InteropServices;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>A named pipe or a device: written in place, for a rename would put an ordinary file where it was.</summary>
internal sealed class SpecialFile : OutputFile
{
    private readonly bool _isPipe;
    private DescriptorStream? _stream;

    /// <summary>Opens it, a pipe only if its reader is there already.</summary>
    /// <exception cref="InputException">It can't be written.</exception>
    public SpecialFile(string path, FileIdentity identity, OpenOutputs outputs)
        : base(path, identity, outputs)
    {
        _isPipe = identity.Kind == FileKind.Pipe;
        if (identity.Kind == FileKind.Socket) throw Refuse(path, "this is a socket; name a file, or pipe into a program that writes to it");
        if (Open(wait: false) is > 0 and int error && !(_isPipe && error == Posix.NoSuchDevice))
            throw Refuse(path, $"{Marshal.GetPInvokeErrorMessage(error)}; check its permissions");

        outputs.Enter(this, () => { });
    }

    /// <inheritdoc/>
    /// <remarks>A pipe without a reader waits for one here and not before: its reader may first have to write our sources.</remarks>
    protected override Stream Begin()
    {
        int error = _stream is null ? Open(wait: true) : 0;
        return error == 0 ? _stream! : throw new OutputException($"--output {Path}", error);
    }

    /// <inheritdoc/>
    protected override void Commit() => Close();

    /// <inheritdoc/>
    public override void Abandon()
    {
        // A reader that waits for the pipe's other side to be opened is let go: it finds the end at once.
        if (_isPipe && _stream is null && Open(wait: false) == 0) Close();
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        if (_stream is null) Abandon();
        _stream?.Dispose();
    }

    /// <summary>Opens it and returns 0, or the system's number of the error.</summary>
    private int Open(bool wait)
    {
        while (true)
        {
            int descriptor = Posix.Open(Path, Posix.OpenForWriting | Posix.OpenCloseOnExec | (wait || !_isPipe ? 0 : Posix.NonBlocking));
            if (descriptor >= 0)
            {
                _stream = new DescriptorStream(descriptor, $"--output {Path}", owned: true);
                return 0;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Posix.InterruptedCall) return error;
        }
    }
}

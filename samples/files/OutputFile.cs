using Fmm.Files;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Samples;

/// <summary>
/// Where the rows of a result go: a file that is replaced as a whole, a pipe or device that is written in place, or a stream that
/// the process was started with. Opened before the work starts, so that what can't be written is refused at once.
/// </summary>
internal abstract class OutputFile(string path, FileIdentity? identity, OpenOutputs outputs) : IUnfinishedFile, IDisposable
{
    private bool _left;

    /// <summary>The path as the user wrote it.</summary>
    protected string Path { get; } = path;

    /// <summary>The outputs that a signal has to clean up.</summary>
    protected OpenOutputs Outputs { get; } = outputs;

    /// <summary>The file that is there before anything is written; null where there is none.</summary>
    public FileIdentity? Identity { get; } = identity;

    /// <summary>True where the rows go to the stream that is standard output.</summary>
    public virtual bool IsStandardOutput => false;

    /// <summary>Opens what a path names.</summary>
    /// <param name="path">A path, or - for standard output.</param>
    /// <param name="terminal">Whose standard output, and who is told of the file so that a signal finds it.</param>
    /// <exception cref="InputException">It can't be written, or names a folder or a socket.</exception>
    public static OutputFile Open(string path, Terminal terminal)
    {
        if (path == "-") return new StreamOutput(path, Descriptor.Output, terminal);
        if (path.Length == 0) throw Refuse(path, "the name is empty; name a file");
        try
        {
            if (Descriptor.Named(path) is int descriptor) return new StreamOutput(path, descriptor, terminal);
            return FileIdentity.Of(path) is { Kind: not FileKind.Regular and not FileKind.Folder } special
                ? new SpecialFile(path, special, terminal.Outputs)
                : AtomicFile.Create(path, terminal.Outputs);
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            throw Refuse(path, fault.Message, fault);
        }
    }

    /// <summary>Refuses a form that is no text where the output is a screen that a person watches.</summary>
    /// <exception cref="InputException">It is.</exception>
    public void RequireNoScreen(DataFormat format, Terminal terminal)
    {
        if (IsStandardOutput && format != DataFormat.Csv && terminal.OutputIsScreen)
            throw new InputException($"--output {Path}: {format.ToString().ToUpperInvariant()} is no text for a screen; name a file, or send standard output into one or into a program");
    }

    /// <summary>Writes the result and closes the file; where it is replaced as a whole, it is given its name now.</summary>
    /// <exception cref="OutputException">It can't be opened any more, or not all be written, or the name can't be taken.</exception>
    public void Save(Action<Stream> write)
    {
        try
        {
            write(Begin());
            Commit();
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            throw new OutputException($"--output {Path}", fault);
        }
    }

    /// <summary>The same for a form that is written in many places, into what is written from its beginning to its end: a pipe.</summary>
    /// <param name="scratch">Where it is written first.</param>
    /// <param name="write">Writes into the file, which messages call by the name.</param>
    /// <param name="begin">Told when the first bytes are about to leave.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OutputException">It can't all be written.</exception>
    public void SaveBy(ScratchFile scratch, Action<SafeFileHandle, string> write, Action begin, CancellationToken cancellation)
    {
        try
        {
            write(scratch.Handle, $"--output {Path}");
        }
        catch (DataFileException fault)
        {
            throw new OutputException(fault.Message);
        }

        begin();
        Save(stream => scratch.CopyTo(stream, cancellation));
    }

    /// <summary>Leaves nothing behind of what was not committed; called by a signal, too, while the work still runs.</summary>
    public abstract void Abandon();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_left) return;
        _left = true;
        Outputs.Leave(this);
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where the rows go; opens what is opened only now, such as a pipe that waits for its reader.</summary>
    protected abstract Stream Begin();

    /// <summary>Closes the file and gives it its name.</summary>
    protected abstract void Commit();

    /// <summary>Closes what is open and abandons what was not committed.</summary>
    protected abstract void Close();

    /// <summary>The refusal of a path.</summary>
    protected static InputException Refuse(string path, string reason, Exception? cause = null) =>
        cause is null ? new($"--output {path}: can't be written: {reason}") : new($"--output {path}: can't be written: {reason}", cause);

    /// <summary>True for what the system says about paths.</summary>
    protected static bool IsPathFault(Exception fault) =>
        fault is (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) and not OutputException;
}

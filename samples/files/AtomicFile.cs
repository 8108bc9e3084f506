using Fmm.Files;

namespace Fmm.Samples;

/// <summary>An output file that exists either whole or not at all, beside those that a signal cleans up.</summary>
internal sealed class AtomicFile : OutputFile
{
    private readonly ReplacedFile _file;

    private AtomicFile(string path, ReplacedFile file, OpenOutputs outputs)
        : base(path, file.Identity, outputs)
    {
        _file = file;
    }

    /// <summary>The file itself, for formats that are not written from their beginning to their end.</summary>
    public ReplacedFile File => _file;

    /// <summary>Opens the temporary file.</summary>
    /// <exception cref="InputException">The path is a folder, lies in no folder, is read-only or can't be written.</exception>
    public static AtomicFile Create(string path, OpenOutputs outputs)
    {
        try
        {
            return new AtomicFile(path, new ReplacedFile(path, outputs), outputs);
        }
        catch (DataFileException fault)
        {
            throw new InputException($"--output {fault.Message}", fault);
        }
    }

    /// <summary>Writes the result in whatever order its form has; the file and the one beside it are given their names.</summary>
    /// <param name="write">Writes into the file.</param>
    /// <param name="beside">A file that this one needs, named first; null for none.</param>
    /// <exception cref="OutputException">It can't all be written, or a name can't be taken.</exception>
    public void SaveWhole(Action<ReplacedFile> write, AtomicFile? beside)
    {
        try
        {
            write(_file);
            beside?._file.Commit();
            _file.Commit();
        }
        catch (DataFileException fault)
        {
            throw new OutputException(fault.Message);
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            throw new OutputException($"--output {Path}: {OutputException.Reason(fault)}");
        }
    }

    /// <inheritdoc/>
    public override void Abandon() => _file.Abandon();

    /// <inheritdoc/>
    protected override Stream Begin() =>
        OperatingSystem.IsLinux() ? new DescriptorStream((int)_file.Handle.DangerousGetHandle(), $"--output {Path}") : _file.Stream;

    /// <inheritdoc/>
    protected override void Commit() => _file.Commit();

    /// <inheritdoc/>
    protected override void Close() => _file.Dispose();
}

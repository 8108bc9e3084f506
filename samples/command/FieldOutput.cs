using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Where a run's field goes, in the form that its name tells; opened before the work starts.</summary>
internal sealed class FieldOutput : IDisposable
{
    private readonly OutputFile _file;
    private readonly AtomicFile? _beside;
    private readonly ScratchFile? _scratch;
    private readonly DataFormat _format;
    private readonly Terminal _terminal;

    private FieldOutput(OutputFile file, AtomicFile? beside, ScratchFile? scratch, DataFormat format, Terminal terminal)
    {
        _file = file;
        _beside = beside;
        _scratch = scratch;
        _format = format;
        _terminal = terminal;
    }

    /// <summary>Opens what a path names.</summary>
    /// <param name="path">A path, or - for standard output.</param>
    /// <param name="otherwise">The form where the ending tells none.</param>
    /// <param name="inputs">Files that are read, which no HDF5 file may replace.</param>
    /// <param name="terminal">Whose standard output.</param>
    /// <exception cref="InputException">It can't be written, or not in this form.</exception>
    public static FieldOutput Open(string path, DataFormat otherwise, string[] inputs, Terminal terminal)
    {
        DataFormat format = DataLocation.Of(path, otherwise).Format;
        OutputFile file = OutputFile.Open(path, terminal);
        AtomicFile? beside = null;
        ScratchFile? scratch = null;
        try
        {
            file.RequireNoScreen(format, terminal);
            if (!FieldFiles.IsStreamed(format) && file is not AtomicFile)
            {
                if (format == DataFormat.Xdmf)
                    throw new InputException($"--output {path}: XDMF is two files, of which one names the other, and so never goes into a pipe; name an ordinary file, or take csv, hdf5, npy, npz or vtk");

                scratch = ScratchFile.Create($"--output {path}");
            }
            else if (!FieldFiles.IsStreamed(format))
            {
                string numbers = format == DataFormat.Xdmf ? FieldFiles.Beside(path) : path;
                RequireNoInput(path, numbers, inputs);
                if (format == DataFormat.Xdmf)
                {
                    RequireField(path, numbers);
                    beside = AtomicFile.Create(numbers, terminal.Outputs);
                }
            }

            terminal.Claim(file.Identity, file.IsStandardOutput);
            return new FieldOutput(file, beside, scratch, format, terminal);
        }
        catch
        {
            scratch?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses more charge vectors than the form has room for.</summary>
    /// <exception cref="InputException">It draws one alone.</exception>
    public void RequireRoom(int vectors)
    {
        if (FieldFiles.Fault(_format, vectors) is string fault) throw new InputException($"--output: {fault}");
    }

    /// <summary>Writes the field.</summary>
    /// <param name="field">What the run found, with its targets.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OutputException">It can't be written, or not all of it.</exception>
    public void Save(FieldData field, CancellationToken cancellation)
    {
        if (!FieldFiles.IsDrawn(_format)) field = field with { Targets = default, Arrays = field.Arrays?.Where(array => array != FieldArray.Target).ToArray() };
        if (_scratch is not null)
        {
            _file.SaveBy(_scratch, (file, name) => Hdf5Field.Write(field, file, name, cancellation), _terminal.BeginData, cancellation);
            return;
        }

        if (_file is not AtomicFile) _terminal.BeginData();
        if (FieldFiles.IsStreamed(_format)) _file.Save(stream => FieldFiles.Write(field, _format, stream, cancellation));
        else ((AtomicFile)_file).SaveWhole(file => FieldFiles.Write(field, _format, file, $"--output {file.Name}", _beside?.File, cancellation), _beside);
    }

    /// <summary>Refuses to replace what is read.</summary>
    /// <param name="path">The output as the user names it.</param>
    /// <param name="written">A file that is written for it.</param>
    /// <param name="inputs">Files that are read.</param>
    /// <exception cref="InputException">It is one of them.</exception>
    public static void RequireNoInput(string path, string written, string[] inputs)
    {
        if (inputs.Any(one => one != "-" && FileIdentity.Meet(FileIdentity.Of(one), FileIdentity.Of(written))))
            throw new InputException($"--output {path}: {written} is read by this run and would be replaced, with all that is in it; name another file");
    }

    // Nobody named the file beside: it is replaced only where it holds what such a run writes.
    private static void RequireField(string path, string numbers)
    {
        if (!File.Exists(numbers)) return;
        string[] others;
        try
        {
            using Hdf5File file = Hdf5File.Open(numbers);
            others = [.. file.Datasets().Select(one => one.Trim('/')).Where(one => !one.StartsWith($"{Hdf5Field.Group}/", StringComparison.Ordinal) && one != Hdf5Field.Places)];
        }
        catch (DataFileException)
        {
            others = ["no field"];
        }
        if (others.Length > 0)
            throw new InputException($"--output {path}: {numbers} beside it would be replaced and holds {string.Join(", ", others.Take(5))}; name another file");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _beside?.Dispose();
        _scratch?.Dispose();
        _file.Dispose();
    }
}

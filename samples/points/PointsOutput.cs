using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Where generated points go in other forms than a file of HDF5: CSV, NPY or NPZ, and any of the four through a pipe.</summary>
internal sealed class PointsOutput : IDisposable
{
    private readonly OutputFile _file;
    private readonly ScratchFile? _scratch;
    private readonly DataFormat _format;
    private readonly Terminal _terminal;

    private PointsOutput(OutputFile file, ScratchFile? scratch, DataFormat format, Terminal terminal)
    {
        _file = file;
        _scratch = scratch;
        _format = format;
        _terminal = terminal;
    }

    /// <summary>The form of a file: its ending tells, or else what was said.</summary>
    /// <param name="path">A path, or - for standard output.</param>
    /// <param name="said">The form that was said; null for none.</param>
    /// <exception cref="InputException">Neither tells one, or it is a form of fields alone.</exception>
    public static DataFormat FormOf(string path, DataFormat? said)
    {
        // Two defaults that no ending tells apart show that there is none.
        DataFormat form = DataLocation.Of(path, said ?? DataFormat.Csv).Format;
        if (said is null && form != DataLocation.Of(path, DataFormat.Npy).Format)
            throw new InputException($"--output {path}: its name tells no form; end it in .hdf5, .h5, .npy, .npz or .csv, or say one by --format");
        return form is not DataFormat.Vtk and not DataFormat.Xdmf ? form
            : throw new InputException($"--output {path}: {form.ToString().ToUpperInvariant()} is for fields; end the name in .hdf5, .h5, .npy, .npz or .csv");
    }

    /// <summary>True where a form has no place for targets of their own.</summary>
    public static bool LacksTargets(DataFormat form) => form is DataFormat.Csv or DataFormat.Npy;

    /// <summary>Opens what a path names before the points are drawn.</summary>
    /// <param name="path">A path, or - for standard output.</param>
    /// <param name="format">CSV, HDF5, NPY or NPZ.</param>
    /// <param name="replace">Whether a file is replaced whatever it holds.</param>
    /// <param name="terminal">Whose standard output.</param>
    /// <exception cref="InputException">It can't be written, or holds more than points.</exception>
    public static PointsOutput Open(string path, DataFormat format, bool replace, Terminal terminal)
    {
        if (!replace && !InputFile.IsStream(path) && File.Exists(path)) RequireNothingElse(path, format);
        OutputFile file = OutputFile.Open(path, terminal);
        try
        {
            file.RequireNoScreen(format, terminal);
            ScratchFile? scratch = format == DataFormat.Hdf5 ? ScratchFile.Create($"--output {path}") : null;
            terminal.Claim(file.Identity, file.IsStandardOutput);
            return new PointsOutput(file, scratch, format, terminal);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="single">Whether numbers are written in single precision.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OutputException">Not all could be written.</exception>
    public void Write(TestPoints points, bool single, CancellationToken cancellation)
    {
        if (single) Write(points, value => (float)value, cancellation);
        else Write(points, value => value, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch?.Dispose();
        _file.Dispose();
    }

    private static void RequireNothingElse(string path, DataFormat format)
    {
        string[] others;
        try
        {
            others = Others(path, format);
        }
        catch (DataFileException fault)
        {
            throw new InputException($"{fault.Message}; it would be replaced: name another file, or overrule this with {PointsPlace.ReplaceOption}", fault);
        }

        if (others.Length > 0)
            throw new InputException($"{path} holds more than points ({string.Join(", ", others.Take(5))}) and would be replaced; name another file, or overrule this with {PointsPlace.ReplaceOption}");
    }

    // The headers tell: rows are not read for it.
    private static string[] Others(string path, DataFormat format)
    {
        if (format == DataFormat.Npy)
        {
            using NpyFile array = NpyFile.Open(path);
            IReadOnlyList<long> shape = array.Shape(NpyFile.Array);
            return shape is [_, 4] ? [] : [$"an array of the shape ({string.Join(", ", shape)})"];
        }

        if (format == DataFormat.Npz)
        {
            using NpzArrays arrays = NpzArrays.Open(path);
            return [.. arrays.Names.Where(name => name is not ArrayPoints.Sources and not ArrayPoints.Densities and not ArrayPoints.Targets)];
        }

        using CsvReader table = new(InputFile.Open(path), path, PointRows.Columns);
        return [.. table.IgnoredColumns];
    }

    private void Write<T>(TestPoints points, Func<double, T> convert, CancellationToken cancellation)
        where T : unmanaged, IConvertible
    {
        if (_scratch is not null)
        {
            _file.SaveBy(_scratch, WriteHdf5, _terminal.BeginData, cancellation);
            return;
        }

        _terminal.BeginData();
        PointSet set = new(points.Sources, points.Densities, points.Targets);
        _file.Save(stream => PointRows.Write(set, _format, convert, stream, cancellation));

        void WriteHdf5(Microsoft.Win32.SafeHandles.SafeFileHandle file, string name)
        {
            using Hdf5Writer writer = Hdf5Writer.Into(file, name);
            PointsPlace.Declare(writer, points, convert);
            writer.Save();
        }
    }
}

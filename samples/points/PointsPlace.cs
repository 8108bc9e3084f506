using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Where generated points go: one file of PyExaFMM's newer generation, or a file each of its older one.</summary>
internal sealed class PointsPlace
{
    /// <summary>Bytes that a point takes while it is drawn and written: two places and a density, and once more what is written of them.</summary>
    public const double BytesAPoint = (3 + 3 + 1 + 3) * sizeof(double);

    /// <summary>The option that has a file replaced which holds more than points.</summary>
    public const string ReplaceOption = "--force";

    private const string Sources = $"{ArrayPoints.Group}/{ArrayPoints.Sources}", Targets = $"{ArrayPoints.Group}/{ArrayPoints.Targets}", Densities = $"{ArrayPoints.Group}/{ArrayPoints.Densities}";
    private readonly (string File, string Dataset) _sources;
    private readonly (string File, string Dataset) _targets;
    private readonly (string File, string Dataset) _densities;

    private PointsPlace((string, string) sources, (string, string) targets, (string, string) densities)
    {
        _sources = sources;
        _targets = targets;
        _densities = densities;
    }

    /// <summary>The files, for people.</summary>
    public string Names => string.Join(", ", Files.Select(file => Path.GetRelativePath(".", file)));

    private IEnumerable<string> Files => All.Select(one => one.File).Distinct();

    private (string File, string Dataset)[] All => [_sources, _targets, _densities];

    /// <summary>What the command line names, or else the configuration.</summary>
    /// <exception cref="InputException">Neither names anything, or the files of the older generation are not three.</exception>
    public static PointsPlace Of(string? output, RunConfig config, string command)
    {
        if ((output ?? config.Points) is string file) return new PointsPlace((file, Sources), (file, Targets), (file, Densities));
        if (config is not { Sources: string sources, Targets: string targets, Densities: string densities })
            throw new InputException($"{command}: say where to, as in --output test.hdf5, or name a --config with experiment, or with source_filename, target_filename and source_densities_filename");
        PointsPlace place = new((sources, RunConfig.DatasetOf(sources)), (targets, RunConfig.DatasetOf(targets)), (densities, RunConfig.DatasetOf(densities)));
        return place.Files.Count() == 3 ? place : throw new InputException($"{command}: source_filename, target_filename and source_densities_filename must be three files; {place.Names} are not");
    }

    /// <summary>Refuses to replace a file that holds something beside points.</summary>
    /// <exception cref="InputException">One does.</exception>
    public void RequireNothingElse()
    {
        foreach (string file in Files.Where(File.Exists))
        {
            string[] own = [.. All.Where(one => one.File == file).Select(one => one.Dataset)];
            string[] others = [.. Held(file).Where(path => !own.Any(dataset => dataset == path || dataset.StartsWith($"{path}/", StringComparison.Ordinal)))];
            if (others.Length > 0)
                throw new InputException($"{file} holds more than these points ({string.Join(", ", others.Take(5))}{(others.Length > 5 ? ", ..." : "")}) and would be replaced; name another file, or overrule this with {ReplaceOption}");
        }
    }

    /// <summary>Opens the files, draws the points and writes them; files are replaced as a whole, when all of them are written.</summary>
    /// <param name="draw">Draws the points.</param>
    /// <param name="single">Whether numbers are written in single precision.</param>
    /// <param name="outputs">Who cleans up where a signal ends the process.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InputException">A file can't be written there.</exception>
    /// <exception cref="OutputException">Not all could be written.</exception>
    public void Write(Func<TestPoints> draw, bool single, OpenOutputs outputs, CancellationToken cancellation)
    {
        if (single) Write(draw, value => (float)value, outputs, cancellation);
        else Write(draw, value => value, outputs, cancellation);
    }

    /// <summary>Declares the points of the newer generation in a file that its owner opens and saves.</summary>
    public static void Declare<T>(Hdf5Writer writer, TestPoints points, Func<double, T> convert)
        where T : unmanaged => new PointsPlace(("", Sources), ("", Targets), ("", Densities)).Declare(_ => writer, points, convert);

    private static IEnumerable<string> Held(string path)
    {
        try
        {
            using Hdf5File file = Hdf5File.Open(path);
            return [.. file.Groups().Concat(file.Datasets()).Select(one => one.Trim('/')).Where(one => one.Length > 0)];
        }
        catch (DataFileException fault)
        {
            throw new InputException($"{fault.Message}; it would be replaced: name another file, or overrule this with {ReplaceOption}", fault);
        }
    }

    private void Write<T>(Func<TestPoints> draw, Func<double, T> convert, OpenOutputs outputs, CancellationToken cancellation)
        where T : unmanaged
    {
        Dictionary<string, Hdf5Writer> writers = [];
        try
        {
            foreach (string file in Files) writers.Add(file, Open(file, outputs));
            Declare(file => writers[file], draw(), convert);
            cancellation.ThrowIfCancellationRequested();
            foreach (Hdf5Writer writer in writers.Values) writer.Save();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OutputException("points", fault);
        }
        finally
        {
            foreach (Hdf5Writer writer in writers.Values) writer.Dispose();
        }
    }

    private void Declare<T>(Func<string, Hdf5Writer> writer, TestPoints points, Func<double, T> convert)
        where T : unmanaged
    {
        T[] sources = Rows(points.Sources, convert);
        Add(_sources, sources, 3);
        Add(_targets, points.Targets == points.Sources ? sources : Rows(points.Targets, convert), 3);
        Add(_densities, Array.ConvertAll(points.Densities, value => convert(value)), 1);

        void Add((string File, string Dataset) place, T[] numbers, int columns) =>
            writer(place.File).Dataset<T>(place.Dataset, numbers, columns == 1 ? [numbers.Length] : [numbers.Length / columns, columns]);
    }

    // The older generation's folder is made, as PyExaFMM makes it.
    private Hdf5Writer Open(string file, OpenOutputs outputs)
    {
        try
        {
            if (_sources.File != _targets.File) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return Hdf5Writer.Create(file, outputs);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(fault is DataFileException ? fault.Message : $"{file}: can't be written: {fault.Message}", fault);
        }
    }

    private static T[] Rows<T>(Position[] points, Func<double, T> convert)
    {
        T[] rows = new T[3 * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            rows[3 * i] = convert(points[i].X);
            rows[(3 * i) + 1] = convert(points[i].Y);
            rows[(3 * i) + 2] = convert(points[i].Z);
        }
        return rows;
    }
}

using System.CommandLine;
using System.Globalization;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary><c>fmm generate-test-data</c>: points and densities in HDF5, under PyExaFMM's names.</summary>
internal sealed class GenerateCommand
{
    private const string Name = "generate-test-data";
    private const int MostPoints = 1 << 29;

    private readonly Argument<string[]> _what = new("npoints> <type")
    {
        Description = $"How many points (default: npoints of the configuration), and how they lie: {string.Join(", ", ConfigKey.DataTypes)} (default: data_type of the configuration, or random)",
        Arity = new ArgumentArity(0, 2),
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "HDF5 file for particle_data/sources, targets and source_densities, or CSV (x,y,z,q), NPY (a row x,y,z,q a point) or NPZ (sources, source_densities, targets) by the ending .csv, .npy, .npz; - for standard output (default: the configuration's experiment, or its older generation's files)",
        HelpName = "FILE",
    };

    private readonly Option<string> _format = OptionShapes.Choice("--format", "NAME", "", ["csv", "hdf5", "npy", "npz"], "csv, hdf5, npy or npz: form of an --output whose ending tells none, such as standard output");

    private readonly Option<int?> _seed = OptionShapes.WholeNumber("--seed", "S", 0, int.MaxValue, "Seed of the points (default 1)");
    private readonly Option<string> _precision = OptionShapes.Choice("--precision", "NAME", "double", ["single", "double"], "single or double: of the numbers in the file");
    private readonly Option<bool> _force = new(PointsPlace.ReplaceOption) { Description = "Replace a file that holds more than points" };
    private readonly Option<bool> _anyMemory = new(MemoryGuard.Option) { Description = "Run even where the memory is estimated not to suffice" };
    private readonly ConfigOptions _config;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private GenerateCommand(Command command, Terminal terminal, CancellationToken cancellation)
    {
        _terminal = terminal;
        _cancellation = cancellation;
        command.Arguments.Add(_what);
        _config = new ConfigOptions(command);
        foreach (Option option in (Option[])[_output, _format, _seed, _precision, _force, _anyMemory]) command.Options.Add(option);
        command.SetAction(Execute);
    }

    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new(Name, "Write points and densities to try things with, in HDF5 under PyExaFMM's names or in other forms");
        _ = new GenerateCommand(command, terminal, cancellation);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        RunConfig config = _config.Read(parsed);
        (int? asked, string? type) = What(parsed.GetValue(_what) ?? []);
        int count = asked ?? config.Count ?? throw new InputException($"{Name}: say how many points, as in fmm {Name} 1000, or name a --config with npoints");
        type ??= config.DataType ?? "random";
        bool single = (config.Precision is null || OptionShapes.IsGiven(parsed, _precision) ? parsed.GetValue(_precision) : config.Precision) == "single";
        int seed = parsed.GetValue(_seed) ?? 1;
        bool replace = parsed.GetValue(_force);
        MemoryGuard guard = new(parsed.GetValue(_anyMemory), _terminal.Note);
        string subject = $"{Name} of {count} points", told = $"{count} points, {type}, seed {seed}, {(single ? "single" : "double")} precision";
        string? named = parsed.GetValue(_output);
        DataFormat? said = OptionShapes.IsGiven(parsed, _format) ? Enum.Parse<DataFormat>(parsed.GetValue(_format)!, ignoreCase: true) : null;
        DataFormat form = named is not null ? PointsOutput.FormOf(named, said)
            : said is null ? DataFormat.Hdf5 : throw new InputException($"{Name}: --format is the form of --output; name that, as in --output - for standard output");
        if (named is not null && (form != DataFormat.Hdf5 || InputFile.IsStream(named)))
        {
            if (type == TestPoints.Separated && PointsOutput.LacksTargets(form))
                throw new InputException($"{Name}: points of the type {type} have targets of their own, for which {form.ToString().ToUpperInvariant()} has no place; take npz or hdf5");
            using PointsOutput output = PointsOutput.Open(named, form, replace, _terminal);
            guard.Check(subject, null, PointsPlace.BytesAPoint * count, count);
            output.Write(TestPoints.Draw(type, count, seed, _cancellation), single, _cancellation);
            (_terminal.OutputIsData ? _terminal.Error : _terminal.Output).WriteLine($"{(named == "-" ? "standard output" : Path.GetRelativePath(".", named))}: {told}");
            return ExitCode.Done;
        }

        PointsPlace place = PointsPlace.Of(named, config, Name);
        if (!replace) place.RequireNothingElse();
        guard.Check(subject, null, PointsPlace.BytesAPoint * count, count);
        place.Write(() => TestPoints.Draw(type, count, seed, _cancellation), single, _terminal.Outputs, _cancellation);
        _terminal.Output.WriteLine($"{place.Names}: {told}");
        return ExitCode.Done;
    }

    // Their order is nobody's business: one is a number.
    private static (int? Count, string? Type) What(string[] words)
    {
        int? count = null;
        string? type = null;
        foreach (string word in words)
        {
            bool isNumber = int.TryParse(word, NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
            if (!isNumber && !ConfigKey.DataTypes.Contains(word))
                throw new InputException($"{Name}: {InputException.Quote(word)} is neither {OptionShapes.Range(1, MostPoints)} nor {OptionShapes.OneOf(ConfigKey.DataTypes)}");
            if (isNumber && number is < 1 or > MostPoints)
                throw new InputException($"{Name}: the number of points must be {OptionShapes.Range(1, MostPoints)}, not {InputException.Quote(word)}");
            if (isNumber ? count is not null : type is not null)
                throw new InputException($"{Name}: {InputException.Quote(word)} is a second {(isNumber ? "number of points" : "type")}; give one");
            if (isNumber) count = number;
            else type = word;
        }
        return (count, type);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fmm.Components;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// <c>fmm compress-m2l</c> and <c>fmm recompress-m2l</c>: M2L compressed to a rank before the first run, in a file under PyExaFMM's names. The first leaves
/// what is there and whole, the second computes all anew.
/// </summary>
internal sealed class CompressCommand
{
    private const int DefaultDepth = 6;

    private readonly Option<string> _kernel = OptionShapes.Choice("--kernel", "NAME", "laplace", KernelChoice.Names, "Kernel: " + KernelChoice.Help);
    private readonly Option<string[]> _parameters = FieldOptions.ParameterOption();
    private readonly Option<int?> _order = OptionShapes.WholeNumber("--order", "P", 2, 16, $"Expansion order, 2 to 16 (default {FieldSettings.DefaultOrder})");
    private readonly Option<double?> _alphaInner = FieldOptions.RatioOption("--alpha-inner", "inner", SurfaceRatios.Standard.Inner, "1.05");
    private readonly Option<double?> _alphaOuter = FieldOptions.RatioOption("--alpha-outer", "outer", SurfaceRatios.Standard.Outer, "2.95");
    private readonly Option<string> _precision = OptionShapes.Choice("--precision", "NAME", "double", ["single", "double"], "single or double: of the runs that it is for");
    private readonly Option<int?> _rank = OptionShapes.WholeNumber("--rank", "K", 1, int.MaxValue, "Rank (default: target_rank of the configuration, or as much as the order's error asks for)");
    private readonly Option<double?> _rankTolerance = OptionShapes.RealNumber(
        "--rank-tolerance", "EPS", 0, 1, "In place of a rank the smallest that drops no more than this share of the matrices");

    private readonly Option<int?> _threads = OptionShapes.WholeNumber("--threads", "N", 1, 1024, "Threads (default: one a processor)");
    private readonly Option<double?> _extent = OptionShapes.RealNumber(
        "--domain", "WIDTH", 0, double.MaxValue, "For a kernel with a length of its own: how far the points reach along the longest axis (default 1)");

    private readonly Option<int?> _depth = OptionShapes.WholeNumber(
        "--levels", "L", TreeShape.FirstFarLevelInSpace, Morton.MaxLevel, $"For a kernel with a length of its own: the deepest level of the tree (default {DefaultDepth})");

    private readonly Option<string?> _output = new("--output")
    {
        Description = "HDF5 file for m2l/LEVEL/u, s, vt and hashes (default: the configuration's m2l_compressed_filename, or beside its experiment, or m2l_compressed.hdf5)",
        HelpName = "FILE.hdf5",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
    private readonly ConfigOptions _config;
    private readonly Terminal _terminal;
    private readonly bool _anew;
    private readonly CancellationToken _cancellation;

    private CompressCommand(Command command, Terminal terminal, bool anew, CancellationToken cancellation)
    {
        (_terminal, _anew, _cancellation) = (terminal, anew, cancellation);
        _config = new ConfigOptions(command);
        foreach (Option option in (Option[])[_kernel, _parameters, _order, _alphaInner, _alphaOuter, _precision, _rank, _rankTolerance, _threads, _extent, _depth, _output, _json]) command.Options.Add(option);
        command.SetAction(Execute);
    }

    /// <summary>The command for the parser.</summary>
    /// <param name="terminal">Where it tells.</param>
    /// <param name="anew">Whether all is computed anew.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Command Build(Terminal terminal, bool anew, CancellationToken cancellation)
    {
        Command command = anew
            ? new Command("recompress-m2l", "Compress M2L to a rank anew, in place of what is in the file")
            : new Command("compress-m2l", "Compress M2L to a rank by a randomized SVD, unless the file has it");
        _ = new CompressCommand(command, terminal, anew, cancellation);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        RunConfig config = _config.Read(parsed);
        double? tolerance = parsed.GetValue(_rankTolerance);
        FieldSettings settings = new(
            FieldOptions.Word(parsed, _kernel, config.Kernel), FieldOptions.Parameters(parsed.GetValue(_parameters) ?? []),
            parsed.GetValue(_order) ?? config.Order ?? FieldSettings.DefaultOrder, null, null,
            FieldOptions.Word(parsed, _precision, config.Precision) == "single", false, parsed.GetValue(_threads), "lowrank",
            AlphaInner: parsed.GetValue(_alphaInner) ?? config.AlphaInner, AlphaOuter: parsed.GetValue(_alphaOuter) ?? config.AlphaOuter, Rank: parsed.GetValue(_rank) ?? (tolerance is null ? config.Rank : null), RankTolerance: tolerance);
        string path = parsed.GetValue(_output) ?? config.CompressedTransfers ?? "m2l_compressed.hdf5";
        bool json = parsed.GetValue(_json);
        if (json) _terminal.Claim(null, isOutput: true);
        List<string> notes = [];
        LowRankFile file = new(path, null, notes.Add) { Anew = _anew, Collects = true };
        FmmOptions options = FieldRun.Options(settings with { Operators = file });
        int depth = parsed.GetValue(_depth) ?? Math.Max(config.MaxLevel ?? DefaultDepth, TreeShape.FirstFarLevelInSpace);
        KernelChoice.Prepare(settings, options, parsed.GetValue(_extent) ?? 1, depth, _cancellation);
        _cancellation.ThrowIfCancellationRequested();
        foreach (string note in notes) _terminal.Note(note);
        if (file.Levels.Any(level => !level.Loaded)) Save(file);
        if (json) Write(file);
        else foreach (LowRankLevel level in file.Levels) _terminal.Output.WriteLine(Line(file, level));
        return ExitCode.Done;
    }

    private static void Save(LowRankFile file)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file.Path)) is string folder) Directory.CreateDirectory(folder);
            file.Save();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private static string Line(LowRankFile file, LowRankLevel level) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(level.Loaded ? "there   " : "computed")} rank {level.Rank}, half width {level.HalfWidth:g6}{level.Seconds,9:0.000} s {level.Bytes / 1e6,9:0.0} MB: {file.Path}");

    private void Write(LowRankFile file)
    {
        using (Utf8JsonWriter json = new(_terminal.Data, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteStartArray("levels");
            foreach (LowRankLevel level in file.Levels)
            {
                json.WriteStartObject();
                json.WriteNumber("half_width", level.HalfWidth);
                json.WriteNumber("rank", level.Rank);
                json.WriteBoolean("computed", !level.Loaded);
                json.WriteNumber("seconds", level.Seconds);
                json.WriteNumber("bytes", level.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        _terminal.Data.WriteByte((byte)'\n');
        _terminal.Data.Flush();
    }
}

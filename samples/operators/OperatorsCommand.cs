using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fmm.Components;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// <c>fmm compute-operators</c> and <c>fmm recompute-operators</c>: operators computed before the first run and kept in a folder. The first
/// leaves what is there and whole, the second computes all anew.
/// </summary>
internal sealed class OperatorsCommand
{
    private readonly Option<string> _kernel = OptionShapes.Choice("--kernel", "NAME", "laplace", KernelChoice.Names, "Kernel: " + KernelChoice.Help);
    private readonly Option<string[]> _parameters = FieldOptions.ParameterOption();
    private readonly Option<int?> _order = OptionShapes.WholeNumber("--order", "P", 2, 16, $"Expansion order, 2 to 16 (default {FieldSettings.DefaultOrder})");
    private readonly Option<string> _precision = OptionShapes.Choice("--precision", "NAME", "double", ["single", "double"], "single or double");
    private readonly Option<string> _transfer = FieldOptions.TransferOption();
    private readonly Option<int?> _threads = OptionShapes.WholeNumber("--threads", "N", 1, 1024, "Threads (default: one a processor)");
    private readonly Option<double?> _extent = OptionShapes.RealNumber(
        "--domain", "WIDTH", 0, double.MaxValue, "For a kernel with a length of its own: how far the points reach along the longest axis (default 1); in a box that repeats, along its free axes (default its longest edge)");

    private readonly Option<int?> _depth = OptionShapes.WholeNumber(
        "--levels", "L", TreeShape.FirstFarLevelInSpace, Morton.MaxLevel, "For a kernel with a length of its own: the deepest level of the tree (default 6)");

    private readonly Option<string?> _folder = new(CacheOptions.Folder) { Description = $"Folder that they are kept in (default {OperatorCache.DefaultFolder})", HelpName = "DIR" };
    private readonly Option<double?> _alphaInner = FieldOptions.RatioOption("--alpha-inner", "inner", SurfaceRatios.Standard.Inner, "1.05");
    private readonly Option<double?> _alphaOuter = FieldOptions.RatioOption("--alpha-outer", "outer", SurfaceRatios.Standard.Outer, "2.95");
    private readonly PeriodicOptions _periodic;
    private readonly ConfigOptions _config;
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
    private readonly Terminal _terminal;
    private readonly bool _anew;
    private readonly CancellationToken _cancellation;

    private OperatorsCommand(Command command, Terminal terminal, bool anew, CancellationToken cancellation)
    {
        (_terminal, _anew, _cancellation) = (terminal, anew, cancellation);
        _config = new ConfigOptions(command);
        Option[] all = [_kernel, _parameters, _order, _alphaInner, _alphaOuter, _precision, _transfer, _threads, _extent, _depth, _folder, _json];
        foreach (Option option in all) command.Options.Add(option);
        _periodic = new PeriodicOptions(command, placed: false);
        command.SetAction(Execute);
    }

    /// <summary>The command for the parser.</summary>
    /// <param name="terminal">Where it tells.</param>
    /// <param name="anew">Whether all are computed anew.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Command Build(Terminal terminal, bool anew, CancellationToken cancellation)
    {
        Command command = anew
            ? new Command("recompute-operators", "Compute operators anew and keep them in place of those that are kept")
            : new Command("compute-operators", "Compute the operators that are not kept yet, and keep them");
        _ = new OperatorsCommand(command, terminal, anew, cancellation);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        RunConfig config = _config.Read(parsed);
        string? folder = parsed.GetValue(_folder) ?? config.OperatorFolder;
        CacheOptions.Check(folder);
        List<string> notes = [];
        OperatorCache cache = new(folder, _anew ? OperatorCachePolicy.Renew : OperatorCachePolicy.Always, notes.Add);
        FieldSettings settings = new(
            FieldOptions.Word(parsed, _kernel, config.Kernel), FieldOptions.Parameters(parsed.GetValue(_parameters) ?? []),
            parsed.GetValue(_order) ?? config.Order ?? FieldSettings.DefaultOrder, null, null,
            FieldOptions.Word(parsed, _precision, config.Precision) == "single", false, parsed.GetValue(_threads), parsed.GetValue(_transfer)!,
            AlphaInner: parsed.GetValue(_alphaInner) ?? config.AlphaInner, AlphaOuter: parsed.GetValue(_alphaOuter) ?? config.AlphaOuter)
        { Operators = cache, Periodic = _periodic.Box(parsed) };
        bool json = parsed.GetValue(_json);
        if (json) _terminal.Claim(null, isOutput: true);
        FmmOptions options = FieldRun.Options(settings);
        KernelChoice.Prepare(settings, options, parsed.GetValue(_extent) ?? settings.Periodic?.Longest ?? 1, parsed.GetValue(_depth) ?? Math.Max(config.MaxLevel ?? DefaultDepth, TreeShape.FirstFarLevelInSpace), _cancellation);
        _cancellation.ThrowIfCancellationRequested();
        foreach (string note in notes) _terminal.Note(note);
        if (json) Write(cache);
        else Tell(cache);
        // Here keeping them is all that was asked for.
        return cache.IsKept ? ExitCode.Done : ExitCode.Failure;
    }

    private const int DefaultDepth = 6;

    private static IEnumerable<OperatorCacheEntry> Sorted(OperatorCache cache) => cache.Entries.OrderByDescending(one => one.HalfWidth).ThenBy(one => one.Part, StringComparer.Ordinal);

    private void Tell(OperatorCache cache)
    {
        foreach (OperatorCacheEntry one in Sorted(cache))
        {
            _terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(one.Loaded ? "there    " : "computed ")}{one.Seconds,9:0.000} s {one.Bytes / 1e6,9:0.0} MB  half width {one.HalfWidth:g6}, {one.Part}: {one.File}"));
        }
    }

    private void Write(OperatorCache cache)
    {
        using (Utf8JsonWriter json = new(_terminal.Data, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("folder", cache.Folder);
            json.WriteStartArray("operators");
            foreach (OperatorCacheEntry one in Sorted(cache))
            {
                json.WriteStartObject();
                json.WriteString("file", one.File);
                json.WriteString("kernel", one.Kernel);
                json.WriteString("part", one.Part);
                json.WriteNumber("half_width", one.HalfWidth);
                json.WriteBoolean("computed", !one.Loaded);
                json.WriteNumber("seconds", one.Seconds);
                json.WriteNumber("bytes", one.Bytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        _terminal.Data.WriteByte((byte)'\n');
        _terminal.Data.Flush();
    }
}

using System.CommandLine;
using System.Text;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The options of the method that every command shares.</summary>
internal sealed class FieldOptions
{
    private readonly Option<string> _kernel = OptionShapes.Choice("--kernel", "NAME", "laplace", KernelChoice.Names, "Kernel: " + KernelChoice.Help);
    private readonly Option<string[]> _parameters = ParameterOption();

    private readonly Option<int?> _order = OptionShapes.WholeNumber("--order", "P", 2, 16, $"Expansion order, 2 to 16 (default {FieldSettings.DefaultOrder})");
    private readonly Option<double?> _tolerance = OptionShapes.RealNumber(
        "--tolerance", "EPS", 0, 1, "Relative error to reach, in place of an order");

    private readonly Option<int?> _leaf = OptionShapes.WholeNumber("--leaf", "N", 1, int.MaxValue, "Most points of a leaf (default: chosen by the engine)");
    private readonly Option<int?> _maxLevel = OptionShapes.WholeNumber(
        "--max-level", "N", 0, 21, "Deepest level of the tree; leaves there may hold more than --leaf (default: as deep as that asks)");

    private readonly Option<double?> _alphaInner = RatioOption("--alpha-inner", "inner", SurfaceRatios.Standard.Inner, "1.05");
    private readonly Option<double?> _alphaOuter = RatioOption("--alpha-outer", "outer", SurfaceRatios.Standard.Outer, "2.95");
    private readonly Option<string> _precision = OptionShapes.Choice("--precision", "NAME", "double", ["single", "double"], "single or double");
    private readonly Option<int?> _threads = OptionShapes.WholeNumber("--threads", "N", 1, 1024, "Threads, of each rank where there are several (default: one a processor, shared among the ranks of a machine)");
    private readonly Option<string> _transfer = TransferOption();
    private readonly Option<int?> _rank = OptionShapes.WholeNumber(
        "--rank", "K", 1, int.MaxValue, "Compress M2L to this rank by a randomized SVD (--m2l lowrank)");

    private readonly Option<double?> _rankTolerance = OptionShapes.RealNumber(
        "--rank-tolerance", "EPS", 0, 1, "Compress M2L to the smallest rank that drops no more than this share of its matrices, in place of a rank");

    private readonly Option<string?> _transferFile = new("--m2l-file")
    {
        Description = "HDF5 file that fmm compress-m2l wrote: M2L of the rank asked for is loaded from it",
        HelpName = "FILE.hdf5",
    };

    private readonly List<string> _notes = [];
    private readonly Option<string> _digits = OptionShapes.Choice(
        "--digits", "NAME", "order", ["order", "full"], "Digits of the near field's roots: those that the order carries, or all");
    private readonly Option<int?> _verify;
    private readonly Option<int?> _repeat = OptionShapes.WholeNumber(
        "--repeat", "R", 1, 10_000, "Time R runs after one that is not counted and tell the median");

    private readonly Option<bool> _gradient = new("--gradient") { Description = "Compute the gradient, too" };
    private readonly Option<bool> _force = new(FieldSettings.ForceOption) { Description = "Compute the force on each source, too: charge times minus the gradient" };
    private readonly Option<bool> _hessian = new(FieldSettings.HessianOption) { Description = "Compute the second derivatives of the potential, too (laplace, double precision)" };
    private readonly Option<int?> _vectors = OptionShapes.WholeNumber(
        FieldSettings.VectorsOption, "N", 1, 1 << 20, "Charge vectors on the same points, evaluated together: columns q0,q1,... with fields potential0,potential1,...");

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = $"End with exit code {ExitCode.NotReached} where the tolerance was not reached, a scene missed a check, or with another warning; the output is written all the same",
    };

    private readonly Option<bool> _anyMemory = new(MemoryGuard.Option) { Description = "Run even where the memory is estimated not to suffice" };
    private readonly PeriodicOptions _periodic;
    private readonly CacheOptions _cache;
    private readonly ConfigOptions _config;
    private readonly Option<bool> _explain = new(ExplainOption) { Description = "Tell the schedule, too: which system runs after which, and what it touches" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };

    /// <summary>Adds the options to a command.</summary>
    public FieldOptions(Command command, string verifyDefault)
    {
        _verify = OptionShapes.WholeNumber(
            "--verify", "K", 0, int.MaxValue, $"Compare with direct sums at K targets (default {verifyDefault})");
        _config = new ConfigOptions(command);
        Option[] all =
        [
            _kernel, _parameters, _order, _tolerance, _leaf, _maxLevel, _alphaInner, _alphaOuter, _precision, _gradient, _force, _hessian, _vectors, _threads, _transfer, _rank, _rankTolerance, _transferFile, _digits,
            _verify, _repeat, _strict, _anyMemory, _explain, _json,
        ];
        foreach (Option option in all) command.Options.Add(option);
        _periodic = new PeriodicOptions(command);
        _cache = new CacheOptions(command);
    }

    /// <summary>The settings that a command line asks for, and where it does not, its configuration.</summary>
    /// <exception cref="InputException">Two options contradict each other, a parameter is not NAME=VALUE, or the configuration can't be used.</exception>
    public FieldSettings Settings(ParseResult parsed)
    {
        RunConfig config = Config(parsed);
        int? order = parsed.GetValue(_order);
        double? tolerance = parsed.GetValue(_tolerance);
        if (order is not null && tolerance is not null)
            throw new InputException("--order and --tolerance exclude each other; give one of them");

        string transfer = parsed.GetValue(_transfer)!;
        double? rankTolerance = parsed.GetValue(_rankTolerance);
        bool low = transfer is "auto" or "lowrank";
        int? rank = parsed.GetValue(_rank) ?? (low && rankTolerance is null && tolerance is null ? config.Rank : null);
        string? transferFile = parsed.GetValue(_transferFile);
        if (transferFile is not null) RequireRanked(transferFile, isRanked: transfer == "lowrank" || rank is not null || rankTolerance is not null);
        else if (File.Exists(config.CompressedTransfers)) transferFile = config.CompressedTransfers;
        OperatorStore? kept = _cache.Cache(parsed, config.OperatorFolder);
        return new FieldSettings(
            Word(parsed, _kernel, config.Kernel),
            Parameters(parsed.GetValue(_parameters) ?? []),
            order ?? (tolerance is null ? config.Order ?? FieldSettings.DefaultOrder : null),
            tolerance,
            parsed.GetValue(_leaf) ?? config.Leaf,
            Word(parsed, _precision, config.Precision) == "single",
            parsed.GetValue(_gradient),
            parsed.GetValue(_threads),
            transfer,
            parsed.GetValue(_digits) == "full",
            parsed.GetValue(_strict),
            parsed.GetValue(_maxLevel) ?? config.MaxLevel,
            parsed.GetValue(_alphaInner) ?? config.AlphaInner,
            parsed.GetValue(_alphaOuter) ?? config.AlphaOuter,
            rank,
            rankTolerance)
        {
            Force = parsed.GetValue(_force),
            Hessian = parsed.GetValue(_hessian),
            Vectors = parsed.GetValue(_vectors) ?? 1,
            Periodic = _periodic.Box(parsed),
            Operators = transferFile is null ? kept : new LowRankFile(transferFile, kept, _notes.Add),
        };
    }

    private static void RequireRanked(string transferFile, bool isRanked)
    {
        string named = InputException.Quote(transferFile);
        if (!isRanked)
            throw new InputException($"--m2l-file {named}: M2L is not compressed to a rank here, and nothing would be loaded from it; add --rank K, --rank-tolerance EPS or --m2l lowrank");
        if (!File.Exists(transferFile)) throw new InputException($"--m2l-file {named}: there is no such file; fmm compress-m2l --output {named} makes it");
    }

    /// <summary>Tells what was not to be loaded or kept: once a run is over, so that nothing stands in the progress's way.</summary>
    public void TellStore(Terminal terminal)
    {
        _cache.Tell(terminal);
        foreach (string note in _notes) terminal.Note(note);
        _notes.Clear();
    }

    /// <summary>The configuration that the command line names; empty without one.</summary>
    /// <exception cref="InputException">It can't be read or used.</exception>
    public RunConfig Config(ParseResult parsed) => _config.Read(parsed);

    /// <summary>How many targets to compare with direct sums, or null when the command line says nothing.</summary>
    public int? Verify(ParseResult parsed) => parsed.GetValue(_verify);

    /// <summary>How many timed runs, or null for a single, counted one.</summary>
    public int? Repeat(ParseResult parsed) => parsed.GetValue(_repeat);

    /// <summary>True when standard output is to hold one JSON object.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The option by which a run tells its schedule.</summary>
    public const string ExplainOption = "--explain";

    /// <summary>Whether the schedule is to be told.</summary>
    public bool Explain(ParseResult parsed) => parsed.GetValue(_explain);

    /// <summary>The guard of the memory, overruled where the command line says so.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where a note goes.</param>
    /// <param name="sharing">Ranks that share the memory.</param>
    public MemoryGuard Guard(ParseResult parsed, Terminal terminal, int sharing = 1) => new(parsed.GetValue(_anyMemory), terminal.Note, sharing);

    /// <summary>What the command line says, then the configuration, then the option's default.</summary>
    public static string Word(ParseResult parsed, Option<string> option, string? configured) =>
        configured is null || OptionShapes.IsGiven(parsed, option) ? parsed.GetValue(option)! : configured;

    /// <summary>The option of the kernel's parameters.</summary>
    public static Option<string[]> ParameterOption() => new("--parameter")
    {
        Description = "A parameter of the kernel, such as k=5; may be repeated",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The option of a surface's half width.</summary>
    public static Option<double?> RatioOption(string name, string surfaces, double preset, string example) =>
        OptionShapes.RealNumber(name, "A", 1, 3, $"Half width of the {surfaces} surfaces over the box's (default {preset})", example);

    /// <summary>The option of the M2L strategy.</summary>
    public static Option<string> TransferOption() => OptionShapes.Choice(
        "--m2l", "NAME", "auto", ["auto", .. Enum.GetNames<TransferStrategy>().Select(name => name.ToLowerInvariant())],
        $"M2L strategy: {string.Join(", ", Enum.GetNames<TransferStrategy>()).ToLowerInvariant()}, or auto to have the engine choose");

    /// <summary>What <see cref="ParameterOption"/> gave, by name.</summary>
    /// <exception cref="InputException">One is not NAME=VALUE, or is given twice.</exception>
    public static Dictionary<string, double> Parameters(string[] pairs)
    {
        Dictionary<string, double> parameters = [];
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=');
            double value = 0;
            if (equals <= 0 || !CsvNumber.TryRead(Encoding.UTF8.GetBytes(pair[(equals + 1)..]), out value))
            {
                string fault = equals <= 0 ? "" : $": {CsvNumber.Fault(Encoding.UTF8.GetBytes(pair[(equals + 1)..]))}";
                throw new InputException($"--parameter must be NAME=VALUE with a finite number, such as k=5, not {InputException.Quote(pair)}{fault}");
            }

            if (!parameters.TryAdd(pair[..equals], value))
                throw new InputException($"--parameter {pair[..equals]} is given twice; give it once");
        }

        return parameters;
    }
}

using System.CommandLine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm report rank</c>: the error that compressing M2L adds, beside the method's own.</summary>
internal sealed class RankCommand
{
    private static readonly string[] _clouds = ["cube", "sphere", "ellipsoid", "plummer"];

    private readonly Option<string> _orders = new("--orders")
    {
        Description = $"Orders: several parted by commas, or a range such as 4-10, from {FmmOptions.SmallestOrder} to {FmmOptions.LargestOrder}",
        HelpName = "LIST",
        DefaultValueFactory = _ => "4-10",
    };

    private readonly Option<string> _ranks = new("--ranks")
    {
        Description = "Ranks parted by commas; the full one is always measured",
        HelpName = "LIST",
        DefaultValueFactory = _ => string.Join(',', RankSettings.UsualRanks),
    };

    private readonly Option<string> _cloudNames = new("--clouds") { Description = $"Clouds parted by commas, of {string.Join(", ", _clouds)}", HelpName = "LIST", DefaultValueFactory = _ => "cube,sphere" };
    private readonly Option<string> _precision = OptionShapes.Choice("--precision", "NAME", "both", ["both", "single", "double"], "both, single or double");
    private readonly Option<int?> _count = OptionShapes.WholeNumber("--n", "N", 1000, 1 << 24, "Number of points (default 30000)");
    private readonly Option<int?> _leaf = OptionShapes.WholeNumber("--leaf", "N", 1, 1 << 20, "Most points of a leaf (default 60)");
    private readonly Option<int?> _threads = OptionShapes.WholeNumber("--threads", "N", 1, 1024, "Threads (default: one a processor)");
    private readonly Option<int?> _repeat = OptionShapes.WholeNumber("--repeat", "R", 1, 1000, "Timed runs, the fastest of which counts (default 3)");
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Page with pictures and the table", HelpName = "FILE.html" };
    private readonly Option<string?> _csv = new("--csv") { Description = "The table as CSV", HelpName = "FILE.csv" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private RankCommand(Command command, Terminal terminal, CancellationToken cancellation)
    {
        _terminal = terminal;
        _cancellation = cancellation;
        foreach (Option option in (Option[])[_orders, _ranks, _cloudNames, _precision, _count, _leaf, _threads, _repeat, _output, _csv, _json]) command.Options.Add(option);
        command.SetAction(Execute);
    }

    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("rank", "Measure the error that M2L compressed to a rank adds beside the method's own, and what it takes: a table, and a page with --output");
        _ = new RankCommand(command, terminal, cancellation);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        RankSettings settings = new(
            Orders(parsed.GetValue(_orders)!), Numbers("--ranks", parsed.GetValue(_ranks)!, 1, int.MaxValue), Clouds(parsed.GetValue(_cloudNames)!),
            parsed.GetValue(_precision) switch { "single" => [Precision.Single], "double" => [Precision.Double], _ => [Precision.Double, Precision.Single] },
            parsed.GetValue(_count) ?? 30_000, parsed.GetValue(_leaf) ?? 60, parsed.GetValue(_threads) ?? Environment.ProcessorCount, parsed.GetValue(_repeat) ?? 3);
        bool json = parsed.GetValue(_json);
        if (json) _terminal.Claim(null, isOutput: true);
        using OutputFile? page = Open(parsed.GetValue(_output)), csv = Open(parsed.GetValue(_csv));
        TextWriter output = json ? TextWriter.Null : _terminal.Output;
        RankText.Head(output, settings);
        List<RankRow> rows = [];
        foreach (RankRow row in new RankMeasurement(settings, _cancellation).Run())
        {
            RankText.Row(output, row, rows.Count == 0 ? null : rows[^1]);
            output.Flush();
            rows.Add(row);
        }

        csv?.Save(stream => RankText.Csv(stream, rows));
        page?.Save(stream => RankPage.Write(stream, settings, rows));
        if (json) RankText.Json(_terminal.Data, settings, rows);
        return ExitCode.Done;
    }

    private OutputFile? Open(string? path)
    {
        if (path is null) return null;
        OutputFile file = OutputFile.Open(path, _terminal);
        _terminal.Claim(file.Identity, file.IsStandardOutput);
        return file;
    }

    private static int[] Orders(string text)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2) return Numbers("--orders", text, FmmOptions.SmallestOrder, FmmOptions.LargestOrder);
        int first = Number("--orders", ends[0], FmmOptions.SmallestOrder, FmmOptions.LargestOrder), last = Number("--orders", ends[1], FmmOptions.SmallestOrder, FmmOptions.LargestOrder);
        if (last < first) throw new InputException($"--orders {InputException.Quote(text)} ends before it begins; write {last}-{first}");
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    private static int[] Numbers(string option, string text, int least, int most) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => Number(option, part, least, most)).Distinct().Order()];

    private static int Number(string option, string text, int least, int most) => int.TryParse(text, out int value) && value >= least && value <= most ? value
        : throw new InputException($"{option} must be whole numbers {(most == int.MaxValue ? $"from {least} up" : $"from {least} to {most}")} parted by commas, not {InputException.Quote(text)}");

    private static string[] Clouds(string text)
    {
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct()];
        foreach (string name in names.Where(name => !_clouds.Contains(name)))
            throw new InputException($"--clouds must be of {string.Join(", ", _clouds)}, not {InputException.Quote(name)}");
        return names;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm bench</c>: the machine's limits, then the cases of <see cref="BenchCases"/> beside their targets.</summary>
internal static class BenchCommand
{
    private const int QuickPoints = 100_000;

    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("bench", "Measure the machine's limits and the engine beside them");
        Option<string[]> names = new("--case") { Description = "A case, or several parted by commas (default: all)", HelpName = "NAME" };
        Option<bool> quick = new("--quick") { Description = $"{QuickPoints} points, in place of --n" };
        Option<bool> list = new("--list") { Description = "Name the cases and end; with --case alone" };
        Option<bool> growth = new("--growth") { Description = "Time and memory from 1e6 to 1e7 points, in place of the cases; with --n, --quick, --threads" };
        Option<bool> steps = new("--steps") { Description = "Steps of moving points, with a tree that follows them and one that never does, in place of the cases; with --n, --quick, --threads" };
        Option<bool> papers = new("--papers") { Description = "The tables of the papers beside their published figures, in place of the cases; with --n, --quick, --threads" };
        Option<bool> json = new("--json") { Description = "Print the cases as one JSON object on standard output and nothing else" };
        Option<int?> count = OptionShapes.WholeNumber("--n", "N", 1, 1 << 29, $"Number of points (default {BenchOutcome.TargetPoints})");
        Option<int?> threads = OptionShapes.WholeNumber("--threads", "N", 1, 1024, "Threads (default: one a processor)");
        Option<int?> repeat = OptionShapes.WholeNumber("--repeat", "R", 1, 1000, "Timed runs of each trial, the fastest of which counts (default 3)");
        Option<bool> anyMemory = new(MemoryGuard.Option) { Description = "Run even where the memory is estimated not to suffice" };
        foreach (Option option in (Option[])[names, quick, list, growth, steps, papers, json, count, threads, repeat, anyMemory])
            command.Options.Add(option);

        command.SetAction(parsed =>
        {
            Check(parsed, quick, count);
            Check(parsed, list, quick, growth, steps, papers, json, count, threads, repeat, anyMemory);
            Check(parsed, growth, names, papers, json, repeat);
            Check(parsed, steps, names, growth, papers, json, repeat);
            Check(parsed, papers, names, json, repeat);
            IReadOnlyList<BenchCase> cases = BenchCases.Named(parsed.GetValue(names) ?? []);
            if (parsed.GetValue(list))
            {
                foreach (BenchCase one in cases)
                {
                    terminal.Output.WriteLine(
                        $"{one.Name,-20}{one.Cloud,-10} {one.Precision} {one.Kernel}{(one.Gradient ? " with gradient" : "")}, error {one.Error:0.0e+0}, target {one.TargetEquivalents:0} GFLOP-equivalents");
                }

                return ExitCode.Done;
            }

            bool asJson = parsed.GetValue(json);
            int points = parsed.GetValue(count) ?? (parsed.GetValue(quick) ? QuickPoints : BenchOutcome.TargetPoints);
            int workers = parsed.GetValue(threads) ?? Environment.ProcessorCount;
            MemoryGuard guard = new(parsed.GetValue(anyMemory), terminal.Note);
            if (parsed.GetValue(growth)) BenchGrowth.CheckMemory(guard, points, workers);
            else if (parsed.GetValue(steps)) BenchSteps.CheckMemory(guard, points, workers);
            else if (parsed.GetValue(papers)) guard.Check($"the tables with {points} points", MemoryEstimate.Of(new Laplace(), new FmmOptions { Threads = workers }, points), 40.0 * points, points);
            else foreach (BenchCase one in cases) BenchRun.CheckMemory(guard, one, points, workers);
            Limits limits = LimitMeasurement.Kept(workers, cancellation);
            if (asJson) terminal.Claim(null, isOutput: true);
            BenchText text = new(asJson ? TextWriter.Null : terminal.Output, limits);
            text.Head(string.Join(' ', ["fmm bench", .. parsed.Tokens.Skip(1).Select(token => token.Value)]));
            if (parsed.GetValue(steps))
            {
                new BenchSteps(terminal.Output, workers, cancellation).Run(IsGiven(parsed, count) || parsed.GetValue(quick) ? points : null);
                return ExitCode.Done;
            }

            if (parsed.GetValue(growth) || parsed.GetValue(papers))
            {
                if (parsed.GetValue(growth)) new BenchGrowth(terminal.Output, limits, cancellation).Run(points);
                if (parsed.GetValue(papers)) new PaperTables(terminal.Output, limits, cancellation).Run(points);
                return ExitCode.Done;
            }

            BenchRun run = new(workers, points, parsed.GetValue(repeat) ?? 3, cancellation);
            List<BenchOutcome> outcomes = [];
            foreach (BenchCase one in cases)
            {
                BenchOutcome outcome = run.Run(one);
                text.Case(outcome);
                outcomes.Add(outcome);
            }

            text.Summary(outcomes);
            if (asJson) BenchJson.Write(terminal.Data, limits, outcomes);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Refuses options that another one would silently ignore.</summary>
    private static void Check(ParseResult parsed, Option given, params ReadOnlySpan<Option> foreign)
    {
        if (!IsGiven(parsed, given)) return;
        foreach (Option option in foreign)
            if (IsGiven(parsed, option)) throw new InputException($"{option.Name} means nothing to {given.Name}; leave one of them out");
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };
}

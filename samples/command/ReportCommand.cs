using System.CommandLine;
using System.Text;

namespace Fmm.Samples;

/// <summary><c>fmm report</c>: a page of what runs did; <c>fmm report rank</c>: what compressing M2L costs.</summary>
internal static class ReportCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("report", "Draw a page of what runs did: time by system, errors by order, lists by level, the roofline");
        Argument<string[]> runs = new("RUN.json") { Description = "What fmm run, evaluate or bench printed with --json; several are drawn together", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new("--output", "-o") { Description = "The page (default: report.html)", HelpName = "FILE.html", DefaultValueFactory = _ => "report.html" };
        Option<bool> plain = new("--no-roofline") { Description = "Leave out the roofline, for which this machine is measured some seconds" };
        command.Arguments.Add(runs);
        command.Options.Add(output);
        command.Options.Add(plain);
        command.Subcommands.Add(RankCommand.Build(terminal, cancellation));
        command.SetAction(parsed =>
        {
            RunRecord[] records = [.. parsed.GetValue(runs)!.SelectMany(RunFile.Read)];
            if (records.Length == 0) throw new InputException("there are no runs in what was given; give what fmm run, evaluate or bench printed with --json");
            using OutputFile file = OutputFile.Open(parsed.GetValue(output)!, terminal);
            terminal.Claim(file.Identity, file.IsStandardOutput);
            bool roofline = !parsed.GetValue(plain) && records.Any(run => run.Systems.Any(system => system.Bytes > 0));
            int threads = records.Max(run => run.Threads);
            Limits? limits = roofline ? LimitMeasurement.Kept(Math.Clamp(threads, 1, Environment.ProcessorCount), cancellation) : null;
            string page = RunPage.Of(records, limits).ToString();
            cancellation.ThrowIfCancellationRequested();
            file.Save(stream => stream.Write(Encoding.UTF8.GetBytes(page)));
            return ExitCode.Done;
        });
        return command;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Fmm.Samples;

/// <summary>The <c>fmm</c> command. One call is one run of the process, so tests call it as users do.</summary>
public static class FmmCommand
{
    /// <summary>What a cancelled run says.</summary>
    internal const string CancelledText = "cancelled before its output was complete";

    /// <summary>Parses and runs a command line; every failure ends as one line on standard error.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            return Execute(new RankLaunch(arguments, terminal, cancellation), arguments);
        }
        catch (Exception fault)
        {
            return Failure.Of(fault).Tell(terminal);
        }
    }

    /// <summary>Parses and runs a command line; a failure is what it was thrown as.</summary>
    internal static int Execute(RankLaunch launch, string[] arguments)
    {
        (Terminal terminal, CancellationToken cancellation) = (launch.Terminal, launch.Cancellation);
        RootCommand root = new("Fields of many points: the kernel-independent fast multipole method.")
        {
            InfoCommand.Build(terminal),
            KernelsCommand.Build(terminal),
            ScenesCommand.Build(terminal),
            RunCommand.Build(launch),
            EvaluateCommand.Build(launch),
            OperatorsCommand.Build(terminal, anew: false, cancellation),
            OperatorsCommand.Build(terminal, anew: true, cancellation),
            CompressCommand.Build(terminal, anew: false, cancellation),
            CompressCommand.Build(terminal, anew: true, cancellation),
            BenchCommand.Build(terminal, cancellation),
            ReportCommand.Build(terminal, cancellation),
            InspectCommand.Build(terminal),
            TreeCommand.Build(terminal, cancellation),
            GenerateCommand.Build(terminal, cancellation),
        };
        foreach (Command command in CloneCommand.Build()) root.Subcommands.Add(command);
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new SceneHelp((HelpAction)help.Action!, terminal.OutputWidth);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction or null) return launch.Refuse(new InputException(Usage(parsed, arguments)));
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static string Usage(ParseResult parsed, string[] arguments)
    {
        string path = parsed.CommandResult.Command is RootCommand ? "fmm" : $"fmm {parsed.CommandResult.Command.Name}";

        // An option's own complaint tells more than that of the argument it left over.
        ParseError? first = parsed.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) ?? (parsed.Errors.Count > 0 ? parsed.Errors[0] : null);
        string fault = arguments.Length == 0 || first is null ? $"no command is given: one of {string.Join(", ", parsed.RootCommandResult.Command.Subcommands.Select(one => one.Name))}" : first.Message.TrimEnd('.');
        return $"{fault}; {path} --help tells the usage";
    }
}

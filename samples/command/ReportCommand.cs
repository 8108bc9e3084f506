using System.CommandLine;

namespace Fmm.Samples;

/// <summary><c>fmm report</c>: tables and pictures of what the engine does.</summary>
internal static class ReportCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation) => new("report", "Tables and pictures of what the engine does")
    {
        RankCommand.Build(terminal, cancellation),
    };
}

using System.Text;
using Fmm.Samples;

namespace Fmm.Tests;

/// <summary>What one call of the command left: exit code and both streams.</summary>
internal sealed record FmmOutcome(int Code, string Output, string Error)
{
    /// <summary>Runs a command line in this process, both streams being pipes.</summary>
    public static FmmOutcome Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    /// <summary>Runs a command line that can be cancelled.</summary>
    public static FmmOutcome Of(CancellationToken cancellation, params string[] arguments)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        int code = FmmCommand.Run(arguments, new Terminal(output, error, outputIsScreen: false, errorIsScreen: false), cancellation);
        return new FmmOutcome(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>The lines of standard error.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The rows of a CSV output without its header, field by field as text.</summary>
    public static string[][] Rows(string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
}

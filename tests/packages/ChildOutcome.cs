using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a program that a test started left: exit code and both streams.</summary>
internal sealed record ChildOutcome(int Code, string Output, string Error)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end, standard input being empty.</summary>
    public static ChildOutcome Of(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} still runs after {_patience.TotalMinutes} minutes");
        }

        return new ChildOutcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs <c>dotnet</c> in a folder as a shell would, and returns its standard output; a failure fails the test.</summary>
    public static string OfDotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder };
        // What the test host's own dotnet left in the environment would decide where this one looks for its parts.
        string[] inherited = [.. start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in inherited) start.Environment.Remove(name);
        // Helpers that outlive the command would keep its streams open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        ChildOutcome outcome = Of(start);
        Assert.That(outcome.Code, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{outcome.Output}\n{outcome.Error}");
        return outcome.Output;
    }
}

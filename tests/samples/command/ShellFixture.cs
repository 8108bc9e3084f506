using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The built executable in a real shell, in the test's folder, with every signal as a terminal would have it.</summary>
internal abstract class ShellFixture : CommandFixture
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [OneTimeSetUp]
    public void NeedAShell()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Linux alone has these files and signals.");
    }

    /// <summary>Runs a script in which $FMM is the command, and waits for its end.</summary>
    protected FmmOutcome Shell(string script)
    {
        using Process shell = Begin("bash", "-c", script);
        shell.StandardInput.Close();
        return End(shell);
    }

    /// <summary>Starts the command itself; standard input is a pipe that stays open.</summary>
    protected Process BeginFmm(params string[] arguments) => Begin("dotnet", [Path.Combine(AppContext.BaseDirectory, "fmm.dll"), .. arguments]);

    /// <summary>Waits for a process's end.</summary>
    protected static FmmOutcome End(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("still running");
        }

        return new FmmOutcome(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Sends a signal to a process.</summary>
    protected static void Send(Process process, string signal)
    {
        // The shell's own: a small Debian has no program of that name.
        using Process kill = Process.Start("bash", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until something holds, or fails.</summary>
    protected static void Await(Func<bool> condition, string otherwise) => Assert.That(SpinWait.SpinUntil(condition, _patience), otherwise);

    /// <summary>Temporary files in the folder.</summary>
    protected string[] Partials => Directory.GetFiles(Folder, "*.partial");

    // Whoever runs the tests may ignore signals (a shell's background ignores SIGINT), and what is ignored is inherited.
    private Process Begin(string program, params string[] arguments)
    {
        ProcessStartInfo start = new("env", ["--default-signal", program, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FMM"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "fmm.dll")}";
        return Process.Start(start)!;
    }
}

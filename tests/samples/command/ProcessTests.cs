using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The built executable as a script calls it, both streams being pipes.</summary>
internal sealed class ProcessTests : ShellFixture
{
    [Test]
    public void APipeGetsNoEscapeCodesAndNoProgress()
    {
        (int code, string output, string error) = Start("run", "cube", "--n", "3000", "--order", "4");
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("where the time went").And.Not.Contain('\u001b').And.Not.Contain('\r'));
    }

    [Test]
    public void TheExitCodeReachesTheShell()
    {
        (int code, string output, string error) = Start("evaluate", "--sources", In("nowhere.csv"));
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error.TrimEnd('\n'), Does.StartWith("fmm: ").And.Not.Contain('\n').And.Contain("nowhere.csv"));
    }

    [TestCase("FMM_REGISTERS", "7")]
    [TestCase("FMM_BLAS", "none")]
    public void AnEnvironmentThatAsksForTheImpossibleIsBadUsage(string variable, string value)
    {
        (int code, string output, string error) = Finish(Begin([new(variable, value)], "info"));
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error.TrimEnd('\n'), Does.StartWith($"fmm: {variable}").And.Not.Contain('\n'));
    }

    [Test]
    public void AnInterruptEndsCleanlyWithoutAFile()
    {
        string sources = WriteCube(20_000);
        using Process process = BeginFmm("evaluate", "--sources", sources, "--output", In("out.csv"), "--repeat", "10000");
        Assert.That(SpinWait.SpinUntil(() => Directory.GetFiles(Folder).Length > 1, TimeSpan.FromSeconds(60)), "never started");
        Send(process, "INT");
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(60)), "still running");
        Assert.That((process.ExitCode, process.StandardOutput.ReadToEnd()), Is.EqualTo((130, "")));
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo(new[] { sources }));
    }

    private static (int Code, string Output, string Error) Start(params string[] arguments) => Finish(Begin(arguments));

    private static (int Code, string Output, string Error) Finish(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
    }

    private static Process Begin(params string[] arguments) => Begin([], arguments);

    private static Process Begin(KeyValuePair<string, string>[] environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "fmm.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

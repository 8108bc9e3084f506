using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>One signal ends the command wherever it is, with the shells' code for it and without a file left behind.</summary>
internal sealed class SignalTests : ShellFixture
{
    private static readonly TestCaseData[] _places =
    [
        new TestCaseData("HUP", 129, new[] { "evaluate", "--sources", "-", "--output", "out" }).SetArgDisplayNames("reading standard input"),
        new TestCaseData("TERM", 143, new[] { "evaluate", "--sources", "pipe", "--output", "out" }).SetArgDisplayNames("opening a pipe to read"),
        new TestCaseData("INT", 130, new[] { "evaluate", "--sources", "cube.csv", "--output", "pipe" }).SetArgDisplayNames("opening a pipe to write"),
        new TestCaseData("TERM", 143, new[] { "evaluate", "--sources", "cube.csv", "--gradient" }).SetArgDisplayNames("writing to a pipe that nobody reads"),
        new TestCaseData("INT", 130, new[] { "run", "cube", "--n", "300000", "--order", "3", "--verify", "300000" }).SetArgDisplayNames("direct sums"),
        new TestCaseData("HUP", 129, new[] { "run", "cube", "--n", "200000000", "--ignore-memory" }).SetArgDisplayNames("drawing points"),
        new TestCaseData("INT", 130, new[] { "run", "galaxies", "--steps", "1000000" }).SetArgDisplayNames("steps"),
        new TestCaseData("TERM", 143, new[] { "bench", "--growth", "--n", "100000" }).SetArgDisplayNames("bench"),
        new TestCaseData("INT", 130, new[] { "run", "cube", "--n", "300000", "--leaf", "1000000", "--verify", "0" }).SetArgDisplayNames("one huge leaf"),
        new TestCaseData("QUIT", 131, new[] { "evaluate", "--sources", "cube.csv", "--output", "out", "--repeat", "10000" }).SetArgDisplayNames("evaluating, by SIGQUIT"),
        new TestCaseData("USR1", 138, new[] { "evaluate", "--sources", "cube.csv", "--output", "out", "--repeat", "10000" }).SetArgDisplayNames("evaluating, by SIGUSR1"),
        new TestCaseData("ALRM", 142, new[] { "evaluate", "--sources", "cube.csv", "--output", "out", "--repeat", "10000" }).SetArgDisplayNames("evaluating, by SIGALRM"),
    ];

    [TestCaseSource(nameof(_places))]
    public void OneSignalEndsItWhereverItIs(string signal, int code, string[] arguments)
    {
        WriteCube(20_000);
        Assert.That(Shell("mkfifo pipe").Code, Is.Zero);
        using Process process = BeginFmm(arguments);
        // Long enough that it stands where it is going to stand, on a machine with other work too.
        bool tells = arguments.Contains("out");
        if (tells) Await(() => Partials.Length == 1, "never started");
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(tells ? 0.3 : 2.5)), Is.False, "ended before the signal");
        Stopwatch watch = Stopwatch.StartNew();
        Send(process, signal);
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(20)), "still running");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(process.ExitCode, Is.EqualTo(code));
        Assert.That(process.StandardError.ReadToEnd(), Does.EndWith("fmm: cancelled before its output was complete\n"));
        Assert.That(Partials, Is.Empty);
        Assert.That(File.Exists(In("out")), Is.False);
    }

    [Test]
    public void ASignalThatTheStarterIgnoresStaysIgnored()
    {
        WriteCube(20_000);
        FmmOutcome outcome = Shell("mkfifo in; trap '' HUP INT; $FMM evaluate --sources in --output out > table & sleep 1.2; kill -HUP $!; kill -INT $!; cat cube.csv > in; wait $!");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllLines(In("out")), Has.Length.EqualTo(20_001));
    }

    [Test]
    public void AnEarlierOutputSurvivesASignal()
    {
        WriteCube(20_000);
        Write("out", "precious");
        using Process process = BeginFmm("evaluate", "--sources", "cube.csv", "--output", "out", "--repeat", "10000");
        Await(() => Partials.Length == 1, "never started");
        Send(process, "TERM");
        Assert.That(End(process).Code, Is.EqualTo(143));
        Assert.That(File.ReadAllText(In("out")), Is.EqualTo("precious"));
        Assert.That(Partials, Is.Empty);
    }
}

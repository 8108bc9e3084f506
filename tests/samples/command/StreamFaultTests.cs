using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Standard streams that are closed, full or broken: the data is written all the same, and the exit code tells whether it was.</summary>
internal sealed class StreamFaultTests : ShellFixture
{
    private const int Points = 3000;

    [SetUp]
    public void WriteSources() => WriteCube(Points);

    [Test, Pairwise]
    public void DataInAFileDoesNotDependOnTheStreams(
        [Values("", ">&-", ">/dev/full", "| true")] string output, [Values("2>&-", "2>/dev/full")] string error, [Values("", "<&-")] string input)
    {
        FmmOutcome outcome = Shell($"set -o pipefail; $FMM evaluate --sources cube.csv --output got {input} {error} {output}");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllLines(In("got")), Has.Length.EqualTo(Points + 1));
    }

    [TestCase("2>&-")]
    [TestCase("2>/dev/full")]
    public void DataOnStandardOutputDoesNotDependOnStandardError(string error)
    {
        FmmOutcome outcome = Shell($"$FMM evaluate --sources cube.csv {error}");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((0, 0)));
        Assert.That(outcome.Output.Split('\n'), Has.Length.EqualTo(Points + 2));
    }

    [TestCase("evaluate --sources cube.csv", ">&-")]
    [TestCase("evaluate --sources cube.csv", ">/dev/full")]
    [TestCase("evaluate --sources cube.csv --json", ">&-")]
    [TestCase("evaluate --sources cube.csv --json", ">/dev/full")]
    [TestCase("run cube --n 100", ">&-")]
    [TestCase("run cube --n 100 --json", ">/dev/full")]
    [TestCase("run galaxies --n 10 --steps 1", ">&-")]
    [TestCase("info", ">/dev/full")]
    [TestCase("info --json", ">&-")]
    [TestCase("--help", ">&-")]
    [TestCase("--help", ">/dev/full")]
    [TestCase("run --help", ">&-")]
    [TestCase("bench --list", ">/dev/full")]
    public void ALostResultIsAFailure(string command, string output)
    {
        FmmOutcome outcome = Shell($"$FMM {command} {output}");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((1, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: ").And.Contain("standard output"));
    }

    [Test, Pairwise]
    public void ALostResultThatCannotBeToldIsAFailureToo(
        [Values(">&-", ">/dev/full")] string output, [Values("2>&-", "2>/dev/full")] string error, [Values("", "<&-")] string input) =>
        Assert.That(Shell($"$FMM evaluate --sources cube.csv {input} {error} {output}").Code, Is.EqualTo(1));

    [TestCase("evaluate --sources none.csv")]
    [TestCase("bogus")]
    public void AFaultThatCannotBeToldKeepsItsCode(string command)
    {
        Assert.That(Shell($"$FMM {command} 2>&-").Code, Is.EqualTo(2));
        Assert.That(Shell($"$FMM {command} 2>/dev/full").Code, Is.EqualTo(2));
    }

    [Test]
    public void AReaderThatHasSeenEnoughEndsItQuietly()
    {
        WriteCube(20_000); // more than a pipe holds
        FmmOutcome outcome = Shell("$FMM evaluate --sources cube.csv 2> words | head -1; echo ${PIPESTATUS[0]}");
        Assert.That(outcome.Output, Is.EqualTo("potential\n141\n"));
        Assert.That(File.ReadAllText(In("words")), Is.Empty);
    }

    [TestCase("--output /dev/full")]
    [TestCase("--output link")]
    public void AFullDeviceAsOutputIsAFailure(string output)
    {
        FmmOutcome outcome = Shell($"ln -s /dev/full link; $FMM evaluate --sources cube.csv {output}");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((1, "", 1)));
        Assert.That(outcome.Error, Does.Contain("no space"));
    }

    [Test]
    public void AClosedStandardInputIsTold()
    {
        FmmOutcome outcome = Shell("$FMM evaluate --sources - <&-");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.Contain("standard input: it is closed"));
    }

    [Test]
    public void ANonBlockingPipeTakesEveryByte()
    {
        // A shell that leaves O_NONBLOCK on a pipe: python sets it, then hands the pipe on.
        FmmOutcome outcome = Shell("command -v python3 > /dev/null || exit 77; python3 -c 'import fcntl, os, subprocess, sys, time\n"
            + "r, w = os.pipe()\nfcntl.fcntl(w, fcntl.F_SETFL, os.O_NONBLOCK)\np = subprocess.Popen(sys.argv[1:], stdout=w, stderr=subprocess.DEVNULL)\nos.close(w)\ntime.sleep(2)\n"
            + "data = b\"\"\nwhile piece := os.read(r, 65536): data += piece\nprint(p.wait(), data.count(b\"\\n\"))' $FMM evaluate --sources cube.csv");
        if (outcome.Code == 77) Assert.Ignore("There is no python3 to set the pipe up.");
        Assert.That(outcome.Output.Trim(), Is.EqualTo($"0 {Points + 1}"));
    }
}

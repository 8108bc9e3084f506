using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Outputs that are no ordinary files, and data that no word gets into.</summary>
internal sealed class OutputKindTests : ShellFixture
{
    private const int Points = 300;

    [SetUp]
    public void WriteSources() => WriteCube(Points);

    [Test]
    public void ANamedPipeIsWrittenAndStaysAPipe()
    {
        FmmOutcome outcome = Shell("mkfifo pipe; cat pipe > got & $FMM evaluate --sources cube.csv --output pipe > table; code=$?; wait; [ -p pipe ] && exit $code");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllLines(In("got")), Has.Length.EqualTo(Points + 1));
        Assert.That(File.ReadAllText(In("table")), Does.Contain("where the time went"));
    }

    [Test]
    public void APipeThatIsReadOnlyAfterTheSourcesWereWrittenDoesNotBlock()
    {
        FmmOutcome outcome = Shell("mkfifo in out; $FMM evaluate --sources in --output out > table & cat cube.csv > in; cat out > got; wait $!");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(File.ReadAllLines(In("got")), Has.Length.EqualTo(Points + 1));
    }

    [Test]
    public void AReaderThatWaitsForAPipeIsLetGoWhenTheRunFails()
    {
        FmmOutcome outcome = Shell("mkfifo pipe; cat pipe > got & echo broken > bad.csv; $FMM evaluate --sources bad.csv --output pipe; code=$?; wait; exit $code");
        Assert.That(outcome.Code, Is.EqualTo(2), outcome.Error);
        Assert.That(File.ReadAllText(In("got")), Is.Empty);
    }

    [TestCase("/dev/null")]
    [TestCase("null")]
    public void ADeviceIsWrittenAndStaysADevice(string output)
    {
        FmmOutcome outcome = Shell($"ln -s /dev/null null; $FMM evaluate --sources cube.csv --output {output} > table && [ -c /dev/null ] && [ -L null ]");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(Partials, Is.Empty);
    }

    [TestCase("/dev/stdout")]
    [TestCase("-")]
    [TestCase("/proc/self/fd/1")]
    [TestCase("link")]
    public void StandardOutputByAnyNameGoesOnWhereItIsAndHoldsNoWord(string output)
    {
        FmmOutcome outcome = Shell($"ln -s /dev/stdout link; (echo before; $FMM evaluate --sources cube.csv --output {output}; echo after) > got");
        string[] lines = File.ReadAllLines(In("got"));
        Assert.That((lines.Length, lines[0], lines[1], lines[^1]), Is.EqualTo((Points + 3, "before", "potential", "after")));
        Assert.That(outcome.Error, Does.Contain("where the time went"));
    }

    [TestCase("> got 2>&1")]
    [TestCase("--output - > got 2>&1")]
    [TestCase("2> got --output /dev/stderr > table")]
    [TestCase("> got 2>&1 --output got")]
    [TestCase("--output got 2> got")]
    [TestCase("| cat > got")]
    [TestCase("2>&1 | cat > got")]
    public void NoWordGetsIntoTheFileOfTheData(string streams)
    {
        Assert.That(Shell($"set -o pipefail; $FMM evaluate --sources wide.csv {streams}".Replace("wide.csv", WithAnExtraColumn(), StringComparison.Ordinal)).Code, Is.Zero);
        string[] lines = File.ReadAllLines(In("got"));
        Assert.That((lines.Length, lines[0]), Is.EqualTo((Points + 1, "potential")));
        Assert.That(lines.Skip(1).All(line => double.TryParse(line, out _)), Is.True);
    }

    [Test]
    public void AFaultBeforeTheDataIsToldEvenWhereTheDataWouldBe()
    {
        Assert.That(Shell("$FMM evaluate --sources none.csv > got 2>&1").Code, Is.EqualTo(2));
        Assert.That(File.ReadAllText(In("got")), Does.StartWith("fmm: none.csv: there is no such file"));
    }

    [Test]
    public void DescriptorsThatTheShellHandsOnAreReadAndWritten()
    {
        FmmOutcome outcome = Shell("$FMM evaluate --sources <(cat cube.csv) --targets <(cut -d, -f1-3 cube.csv) --output >(cat > got) > table; sleep 0.5");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(File.ReadAllLines(In("got")), Has.Length.EqualTo(Points + 1));
        Assert.That(Shell("$FMM evaluate --sources cube.csv --output /proc/self/fd/3 3> third > table").Code, Is.Zero);
        Assert.That(File.ReadAllLines(In("third")), Has.Length.EqualTo(Points + 1));
    }

    [Test]
    public void ADescriptorThatNobodyHandedOnIsRefused()
    {
        FmmOutcome outcome = Shell("$FMM evaluate --sources cube.csv --output /proc/self/fd/3");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.Contain("descriptor 3"));
    }

    [TestCase("cube.csv", "")]
    [TestCase("-", "< cube.csv")]
    [TestCase("/dev/stdin", "< cube.csv")]
    [TestCase("-", "< <(cat cube.csv)")]
    public void SourcesComeFromStandardInputByAnyName(string sources, string from)
    {
        FmmOutcome outcome = Shell($"$FMM evaluate --sources {sources} --output got {from} > table");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllLines(In("got")), Has.Length.EqualTo(Points + 1));
    }

    [TestCase("--sources - --targets -")]
    [TestCase("--sources - --targets /dev/stdin")]
    [TestCase("--sources pipe --targets ./pipe")]
    public void OneStreamIsNotReadTwice(string options)
    {
        FmmOutcome outcome = Shell($"mkfifo pipe; $FMM evaluate {options} < cube.csv");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.Contain("only once"));
    }

    [TestCase("--output -")]
    [TestCase("--output /dev/stdout")]
    [TestCase("--output got > got")]
    public void RowsAndTheJsonObjectAreNotMixed(string options)
    {
        FmmOutcome outcome = Shell($"$FMM evaluate --sources cube.csv --json {options}");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.Contain("--json"));
    }

    [Test]
    public void AMessageAboutStandardInputCallsItSo() =>
        Assert.That(Shell("echo x,y,z,q | $FMM evaluate --sources -").Error, Does.StartWith("fmm: standard input: there are no points"));

    private string WithAnExtraColumn()
    {
        string[] lines = File.ReadAllLines(In("cube.csv"));
        File.WriteAllLines(In("wide.csv"), lines.Select((line, i) => line + (i == 0 ? ",name" : ",p")));
        return "wide.csv";
    }
}

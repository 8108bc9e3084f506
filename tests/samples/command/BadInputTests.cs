using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Every fault of the input: exit code 2, one line on standard error that names the place, nothing on standard output, no file.</summary>
internal sealed class BadInputTests : CommandFixture
{
    private const string Good = "x,y,z,q\n0,0,0,1\n1,0,0,-1\n";

    private static readonly TestCaseData[] _badSources =
    [
        Content("empty file", "", "empty", "x,y,z,q"),
        Content("blank file", "\n\n", "line 1", "header", "x,y,z,q"),
        Content("wrong header", "a,b,c,d\n0,0,0,1\n", "line 1", "'a,b,c,d'", "x,y,z,q"),
        Content("header without charge", "x,y,z\n0,0,0\n", "line 1", "'x,y,z'", "x,y,z,q"),
        Content("no header", "0,0,0,1\n", "line 1", "header"),
        Content("no rows", "x,y,z,q\n", "no points"),
        Content("no number", "x,y,z,q\n0,0,zero,1\n", "line 2", "field z", "'zero'", "not a number"),
        Content("empty field", "x,y,z,q\n0,0,0,1\n0,,0,1\n", "line 3", "field y", "empty"),
        Content("NaN", "x,y,z,q\n0,0,0,NaN\n", "line 2", "field q", "'NaN'", "not finite"),
        Content("inf", "x,y,z,q\ninf,0,0,1\n", "line 2", "field x", "'inf'", "not finite"),
        Content("-Infinity", "x,y,z,q\n0,-Infinity,0,1\n", "line 2", "field y", "not finite"),
        Content("too large", "x,y,z,q\n0,0,0,1e400\n", "line 2", "field q", "'1e400'", "too large"),
        Content("short row", "x,y,z,q\n0,0,0,1\n0,0,0\n", "line 3", "3 fields", "q is missing"),
        Content("long row", "x,y,z,q\n0,0,0,1,5\n", "line 2", "5 fields"),
        Content("blank line inside", "x,y,z,q\n0,0,0,1\n\n0,0,0,1\n", "line 3", "blank"),
        Content("hexadecimal", "x,y,z,q\n0,0,0,0x10\n", "line 2", "field q", "'0x10'"),
        Content("semicolon", "x,y,z,q\n1,0;5,0,1\n", "line 2", "field y", "'0;5'"),
        Content("unprintable", "x,y,z,q\n\u0001\u0002,0,0,1\n", "line 2", "field x", "'??'"),
    ];

    private static readonly TestCaseData[] _badOptions =
    [
        Options("order 1", "--order", "--order", "1"),
        Options("order 17", "--order", "--order", "17"),
        Options("order six", "--order", "--order", "six"),
        Options("order 6.5", "--order", "--order", "6.5"),
        Options("order without value", "--order", "--order"),
        Options("order twice", "--order", "--order", "6", "--order", "8"),
        Options("leaf 0", "--leaf", "--leaf", "0"),
        Options("leaf -5", "--leaf", "--leaf", "-5"),
        Options("leaf beyond int", "--leaf", "--leaf", "99999999999"),
        Options("tolerance 0", "--tolerance", "--tolerance", "0"),
        Options("tolerance negative", "--tolerance", "--tolerance", "-1e-6"),
        Options("tolerance 1", "--tolerance", "--tolerance", "1"),
        Options("tolerance out of reach", "tolerance", "--tolerance", "1e-30"),
        Options("tolerance NaN", "--tolerance", "--tolerance", "NaN"),
        Options("order and tolerance", "--tolerance", "--tolerance", "1e-3", "--order", "6"),
        Options("threads 0", "--threads", "--threads", "0"),
        Options("threads 1000000", "--threads", "--threads", "1000000"),
        Options("precision half", "--precision", "--precision", "half"),
        Options("unknown kernel", "--kernel", "--kernel", "gravity"),
        Options("parameter out of range", "k", "--kernel", "yukawa", "--parameter", "k=-1"),
        Options("parameter NaN", "--parameter", "--kernel", "yukawa", "--parameter", "k=NaN"),
        Options("unknown parameter", "m", "--kernel", "yukawa", "--parameter", "m=5"),
        Options("parameter too large", "too large for a double", "--kernel", "yukawa", "--parameter", "k=1e400"),
        Options("parameter with a zero byte", "not a number", "--kernel", "yukawa", "--parameter", "k=1\0"),
        Options("tolerance beyond double", "--tolerance", "--tolerance", "1e400"),
        Options("parameter without name", "--parameter", "--kernel", "yukawa", "--parameter", "5"),
        Options("parameter twice", "k", "--kernel", "yukawa", "--parameter", "k=5", "--parameter", "k=6"),
        Options("parameter of another kernel", "k", "--kernel", "laplace", "--parameter", "k=5"),
        Options("verify -1", "--verify", "--verify", "-1"),
        Options("repeat 0", "--repeat", "--repeat", "0"),
        Options("unknown option", "--bogus", "--bogus"),
        Options("surplus argument", "surplus", "surplus"),
    ];

    [TestCaseSource(nameof(_badSources))]
    public void ABadSourcesFileIsRefusedWithItsLineAndField(string content, string[] told)
    {
        string file = Write("points.csv", content);
        foreach (string word in Refused("points.csv", "--sources", file))
            Assert.Multiple(() => Array.ForEach(told, part => Assert.That(word, Does.Contain(part))));
    }

    [TestCaseSource(nameof(_badOptions))]
    public void ABadOptionIsRefusedByName(string[] options, string told) =>
        Refused(told, ["--sources", Write("points.csv", Good), .. options]);

    [Test]
    public void AMissingSourcesFileIsRefused() => Refused("nowhere.csv", "--sources", In("nowhere.csv"));

    [Test]
    public void AnEmptyNameOfSourcesIsRefused() => Refused("'': the name is empty", "--sources", "");

    [Test]
    public void AFolderAsSourcesIsRefused() => Refused("folder", "--sources", Folder);

    [Test]
    public void MissingSourcesAreRefused() => Refused("--sources");

    [Test]
    public void ABadTargetsFileIsRefusedWithItsLineAndField()
    {
        string targets = Write("targets.csv", "x,y,z\n0,0,0\n0,oops,0\n");
        Assert.That(Refused("targets.csv", "--sources", Write("points.csv", Good), "--targets", targets)[0], Does.Contain("line 3: field y: 'oops'"));
    }

    [TestCase("x,y,q\n0,0,1\n")]
    [TestCase("x,y,z\n")]
    [TestCase("")]
    public void TargetsWithAnotherHeaderOrNoPointsAreRefused(string content) =>
        Refused("targets.csv", "--sources", Write("points.csv", Good), "--targets", Write("targets.csv", content));

    [TestCase("no/such/folder/out.csv")]
    [TestCase(".")]
    [TestCase("points.csv/out.csv")]
    public void AnOutputThatCannotBeWrittenIsRefused(string output)
    {
        string sources = Write("points.csv", Good);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--output", In(output));
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("--output").And.Contain(In(output)));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EqualTo(new[] { sources }));
    }

    [Test]
    public void AnEarlierOutputSurvivesABadRun()
    {
        string output = Write("out.csv", "precious");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("points.csv", "x,y,z,q\n0,0,0,?\n"), "--output", output);
        Assert.That((outcome.Code, File.ReadAllText(output)), Is.EqualTo((2, "precious")));
    }

    [TestCase("run")]
    [TestCase("run", "moon")]
    [TestCase("run", "cube", "--n", "0")]
    [TestCase("run", "cube", "--n", "many")]
    [TestCase("run", "cube", "--steps", "3", "--n", "100")]
    [TestCase("run", "cube", "--seed", "-1")]
    [TestCase("dance")]
    [TestCase("info", "--bogus")]
    [TestCase]
    public void BadUsageIsOneLineAndCodeTwo(params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of(arguments);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
    }

    private static TestCaseData Content(string name, string content, params string[] told) =>
        new TestCaseData(content, told).SetArgDisplayNames(name);

    private static TestCaseData Options(string name, string told, params string[] options) =>
        new TestCaseData(options, told).SetArgDisplayNames(name);

    /// <summary>Runs evaluate with an output and with JSON; both must refuse in one line that contains a text, and leave no file.</summary>
    private string[] Refused(string told, params string[] arguments)
    {
        string[] before = Directory.GetFileSystemEntries(Folder);
        FmmOutcome[] outcomes =
        [
            FmmOutcome.Of(["evaluate", .. arguments, "--output", In("out.csv")]),
            FmmOutcome.Of(["evaluate", .. arguments, "--json"]),
        ];
        foreach (FmmOutcome outcome in outcomes)
        {
            Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
            Assert.That(outcome.Error, Does.StartWith("fmm: ").And.Contain(told));
        }

        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EquivalentTo(before), "files left behind");
        return [.. outcomes.Select(outcome => outcome.Error)];
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary><c>fmm report RUN.json</c>.</summary>
internal sealed partial class ReportTests : CommandFixture
{
    private string _folder = "";

    // What the machine reaches is measured for each page: one is made for all tests.
    [OneTimeSetUp]
    public void MakeThePage()
    {
        _folder = Directory.CreateTempSubdirectory("fmm-report-").FullName;
        string cube = Path.Combine(_folder, "cube.h5");
        Assert.That(FmmOutcome.Of("generate-test-data", "3000", "cube", "--output", cube).Code, Is.Zero);
        string[] runs = [.. ((string[])["4", "5"]).Select(order => Kept($"order{order}.json", FmmOutcome.Of("evaluate", "--sources", cube, "--order", order, "--leaf", "30", "--verify", "50", "--json").Output))];
        FmmOutcome outcome = FmmOutcome.Of(["report", .. runs, "--output", Path.Combine(_folder, "page.html")]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
    }

    [OneTimeTearDown]
    public void RemoveThePage() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ThePageStandsByItselfAndEveryDiagramOfItIsXmlWithNamesOfItsOwn()
    {
        string page = Page();
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("src=").And.Not.Contain("<link"));
        Assert.That(Elsewhere().Matches(page).Select(match => match.Value).Where(address => !address.Contains("www.w3.org", StringComparison.Ordinal)), Is.Empty, "nothing is fetched");
        XElement[] drawings = [.. Svg().Matches(page).Select(match => XElement.Parse(match.Value))];
        // Errors by order once, and for each run its systems, its lists and its roofline.
        Assert.That(drawings, Has.Length.EqualTo(7));
        string[] names = [.. drawings.SelectMany(drawing => drawing.DescendantsAndSelf().Attributes("id")).Select(id => id.Value)];
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void AxesNameTheirUnits()
    {
        string page = Page();
        foreach (string label in (string[])["time / ms", "order p", "relative error", "level", "members of a list", "arithmetic intensity / (FLOP/byte)", "rate / (GFLOP/s)"])
            Assert.That(page, Does.Contain($">{label}<"));
    }

    [Test]
    public void InkFollowsThePage()
    {
        string page = Page();
        Assert.That(page, Does.Contain("prefers-color-scheme: dark").And.Contain("currentColor").And.Contain("var(--grid)"));
        Assert.That(page, Does.Not.Contain("rgb(1,2,3)").And.Not.Contain("rgb(4,5,6)"));
    }

    [Test]
    public void EverySystemThatTookTimeHasItsBarAndP2PItsPlaceUnderTheRoof()
    {
        string page = Page();
        XElement[] drawings = [.. Svg().Matches(page).Select(match => XElement.Parse(match.Value))];
        Assert.That(Words(drawings[1]), Is.SupersetOf(["P2P", "M2L", "others"]));
        Assert.That(Words(drawings[3]), Is.SupersetOf(["P2P", "M2L", "P2M"]));
    }

    [Test]
    public void ABenchsTrialsAreRunsToo()
    {
        string bench = Write("bench.json", FmmOutcome.Of("bench", "--case", "cube-f32-2.5e-4", "--n", "2000", "--repeat", "1", "--json").Output);
        FmmOutcome outcome = FmmOutcome.Of("report", bench, "--no-roofline", "--output", In("bench.html"));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(File.ReadAllText(In("bench.html")), Does.Contain("cube-f32-2.5e-4, leaves of"));
    }

    [TestCase("none.json", null, "can't be read")]
    [TestCase("words.json", "no json", "this is not JSON")]
    [TestCase("other.json", "{\"a\": 1}", "is not a run's")]
    public void WhatIsNoRunIsRefusedAndNoPageIsLeft(string name, string? content, string reason)
    {
        if (content is not null) Write(name, content);
        FmmOutcome outcome = FmmOutcome.Of("report", In(name), "--output", In("page.html"));
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.Contain(name).And.Contain(reason));
        Assert.That(Directory.EnumerateFiles(Folder, "*.html"), Is.Empty);
        Assert.That(Directory.EnumerateFiles(Folder, "*.partial"), Is.Empty);
    }

    [TestCase(1000)]
    [TestCase(360)]
    public void InABrowserNothingButTablesAndDiagramsIsScrolledSideways(int width)
    {
        if (Browser.Path is null) Assert.Ignore(Browser.Missing);
        // The window of a browser without a head has a least width; a frame has none.
        string frame = Kept("frame.html", $$"""
            <body><iframe id="f" src="page.html" style="border:0;width:{{width}}px;height:900px"></iframe><script>
            onload = () => { const d = document.getElementById('f').contentDocument.documentElement; document.title = 'width ' + d.scrollWidth + ' figures ' + f.contentDocument.querySelectorAll('svg').length; };
            </script></body>
            """);
        string dom = Browser.Dom(frame);
        Match title = Title().Match(dom);
        Assert.That(title.Success, dom);
        Assert.That(int.Parse(title.Groups[1].Value, CultureInfo.InvariantCulture), Is.LessThanOrEqualTo(width));
        Assert.That(title.Groups[2].Value, Is.EqualTo("7"));
    }

    private string Page() => File.ReadAllText(Path.Combine(_folder, "page.html"));

    private string Kept(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static string[] Words(XElement drawing) => [.. drawing.Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("https?://[^\"' ]*")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<title>width ([0-9]+) figures ([0-9]+)</title>")]
    private static partial Regex Title();
}

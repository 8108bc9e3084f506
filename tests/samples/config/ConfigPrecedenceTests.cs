using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The command line wins over the configuration, the configuration over defaults.</summary>
internal sealed class ConfigPrecedenceTests : CommandFixture
{
    private const string Config = """
        { "order": 4, "kernel": "laplace", "precision": "single", "max_points": 20, "max_level": 2, "npoints": 700, "alpha_inner": 1.1, "alpha_outer": 2.7 }
        """;

    [Test]
    public void WhatTheFileSaysIsTaken()
    {
        Write("config.json", Config);
        JsonElement run = Run("run", "cube", "--config", In("config"));
        Assert.That((Number(run, "order"), Number(run, "leaf"), Number(run, "sources"), Text(run, "precision")), Is.EqualTo((4, 20, 700, "single")));
        Assert.That(run.GetProperty("tree").GetProperty("depth").GetInt32(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void WhatTheCommandLineSaysComesFirst()
    {
        Write("config.json", Config);
        JsonElement run = Run("run", "cube", "-c", In("config"), "--order", "5", "--leaf", "30", "--n", "900", "--precision", "double", "--max-level", "1");
        Assert.That((Number(run, "order"), Number(run, "leaf"), Number(run, "sources"), Text(run, "precision")), Is.EqualTo((5, 30, 900, "double")));
        Assert.That(run.GetProperty("tree").GetProperty("depth").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void AWordThatIsTheDefaultComesFirstToo()
    {
        Write("config.json", """{ "kernel": "yukawa", "precision": "single" }""");
        JsonElement run = Run("run", "cube", "--n", "300", "--config", In("config"), "--kernel", "laplace", "--precision", "double");
        Assert.That((Text(run, "kernel"), Text(run, "precision")), Is.EqualTo(("laplace", "double")));
    }

    [Test]
    public void ATolerancePutsTheFilesOrderAside()
    {
        Write("config.json", """{ "order": 2 }""");
        JsonElement run = Run("run", "cube", "--n", "2000", "--config", In("config"), "--tolerance", "1e-6");
        Assert.That(Number(run, "order"), Is.GreaterThan(4));
    }

    [Test]
    public void TheFilesRankIsTakenUnlessTheCommandLineAsksForAnotherM2L()
    {
        Write("config.json", """{ "order": 4, "target_rank": 20 }""");
        string[] common = ["run", "cube", "--n", "2000", "--leaf", "40", "--config", In("config")];
        Assert.That(Text(Run(common), "m2l"), Is.EqualTo("lowrank"));
        Assert.That(Text(Run([.. common, "--m2l", "fft"]), "m2l"), Is.EqualTo("fft"));
        Assert.That(Text(Run([.. common, "--tolerance", "1e-4"]), "m2l"), Is.Not.EqualTo("lowrank"));
    }

    [Test]
    public void TheFilesKernelTakesItsParameterFromTheCommandLine()
    {
        Write("config.json", """{ "kernel": "yukawa" }""");
        Assert.That(Text(Run("run", "cube", "--n", "300", "--config", In("config"), "--parameter", "k=5"), "kernel"), Is.EqualTo("yukawa"));
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "300", "--config", In("config"));
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((2, "fmm: --kernel yukawa needs its parameter k; add --parameter k=5, for example\n")));
    }

    [Test]
    public void SurfacesOfTheFileReachTheEngine()
    {
        string sources = WriteCube(2000);
        string[] common = ["evaluate", "--sources", sources, "--leaf", "20", "--order", "4"];
        Write("config.json", """{ "alpha_inner": 1.1, "alpha_outer": 2.7 }""");
        FmmOutcome configured = FmmOutcome.Of([.. common, "--config", In("config")]);
        FmmOutcome given = FmmOutcome.Of([.. common, "--alpha-inner", "1.1", "--alpha-outer", "2.7"]);
        FmmOutcome standard = FmmOutcome.Of(common);
        Assert.That(configured.Code, Is.Zero, configured.Error);
        Assert.That(configured.Output, Is.EqualTo(given.Output));
        Assert.That(configured.Output, Is.Not.EqualTo(standard.Output));
        Assert.That(FmmOutcome.Of([.. common, "--config", In("config"), "--alpha-inner", "1.05", "--alpha-outer", "2.98"]).Output, Is.EqualTo(standard.Output));
    }

    [TestCase("--alpha-inner", "1", "--alpha-inner must be a number above 1 and below 3, such as 1.05, not '1'")]
    [TestCase("--alpha-outer", "3", "--alpha-outer must be a number above 1 and below 3, such as 2.95, not '3'")]
    [TestCase("--max-level", "22", "--max-level must be a whole number from 0 to 21, not '22'")]
    [TestCase("--max-level", "deep", "--max-level must be a whole number from 0 to 21, not 'deep'")]
    public void AnOptionOutOfRangeIsRefused(string option, string value, string told)
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "100", option, value);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((2, $"fmm: {told}; fmm run --help tells the usage\n")));
    }

    [Test]
    public void SurfacesThatDoNotFitEachOtherAreRefused()
    {
        Write("config.json", """{ "alpha_outer": 1.5 }""");
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "100", "--config", In("config"), "--alpha-inner", "2");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.StartWith("fmm: --alpha-inner and --alpha-outer: ").And.Contain("the half widths must satisfy 1 < inner < outer < 3"));
    }

    [TestCase("galaxies")]
    [TestCase("multipoles")]
    public void ASceneOfOneKernelRefusesAFileOfAnother(string scene)
    {
        Write("config.json", """{ "kernel": "stokes" }""");
        FmmOutcome outcome = FmmOutcome.Of("run", scene, "--n", "100", "--config", In("config"));
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo(
            (2, $"fmm: --config: the scene {scene} is of the kernel laplace, not stokes; run another scene or leave the key kernel out\n")));
    }

    [Test]
    public void LeavesThatTheLevelStoppedAreTold()
    {
        string[] common = ["evaluate", "--sources", WriteCube(1000), "--leaf", "50", "--order", "3"];
        FmmOutcome limited = FmmOutcome.Of([.. common, "--max-level", "1", "--output", In("out.csv")]);
        Assert.That(limited.Code, Is.Zero, limited.Error);
        Assert.That(limited.Error, Does.Match(@"^fmm: note: leaves at level 1 that hold more than 50 points: 8, the fullest 1\d\d; a larger --max-level splits them\n$"));
        Assert.That(limited.Output, Does.Match(@"tree +depth 1, nodes 9, leaves 8; over capacity at level 1: 8, the fullest 1\d\d"));
        Assert.That(FmmOutcome.Of([.. common, "--output", In("out.csv")]).Error, Is.Empty);
        JsonElement tree = Run([.. common, "--max-level", "1"]).GetProperty("tree");
        Assert.That((tree.GetProperty("full_leaves").GetInt32(), tree.GetProperty("fullest_leaf").GetInt32()), Is.EqualTo((8, Fullest(limited.Error))));
    }

    private static int Fullest(string note) => int.Parse(note.Split("the fullest ")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Run(params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of([.. arguments, "--json"]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        return json.RootElement.Clone();
    }

    private static int Number(JsonElement run, string name) => run.GetProperty(name).GetInt32();

    private static string Text(JsonElement run, string name) => run.GetProperty(name).GetString()!;
}

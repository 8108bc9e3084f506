using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Every scene runs headless and shows what it promises.</summary>
internal sealed class SceneTests
{
    [TestCase("sphere")]
    [TestCase("cube")]
    public void AFieldSceneTellsTreeTimesAndError(string scene)
    {
        FmmOutcome outcome = FmmOutcome.Of("run", scene, "--n", "20000", "--precision", "single", "--leaf", "150");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        string[] told = ["depth", "leaves of ", "mean sizes U", "P2M", "M2L", "L2P", "P2P", "where the time went", "against 1000 direct sums", "MB at the peak"];
        Assert.Multiple(() => Array.ForEach(told, part => Assert.That(outcome.Output, Does.Contain(part))));
    }

    [TestCase("sphere")]
    [TestCase("cube")]
    public void AFieldSceneReachesTheAccuracyOfItsOrder(string scene)
    {
        FmmOutcome outcome = FmmOutcome.Of("run", scene, "--n", "30000", "--json");
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.That(json.RootElement.GetProperty("error").GetProperty("potential_l2").GetDouble(), Is.LessThan(1e-5));
        Assert.That(json.RootElement.GetProperty("error").GetProperty("samples").GetInt32(), Is.EqualTo(1000));
    }

    [TestCase("single", 10)]
    [TestCase("double", 6)]
    public void EveryLevelHasTheChargeAndTheDipoleOfThePoints(string precision, int order)
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "multipoles", "--n", "20000", "--order", $"{order}", "--precision", precision, "--leaf", "60");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("level  2").And.Contain("level  4").And.Contain(": met"));
        using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of("run", "multipoles", "--n", "20000", "--json").Output);
        double charge = json.RootElement.GetProperty("points").GetProperty("charge").GetDouble();
        JsonElement[] levels = [.. json.RootElement.GetProperty("levels").EnumerateArray()];
        Assert.That(levels.Select(level => level.GetProperty("charge").GetDouble()), Is.All.EqualTo(charge).Within(0.01));
        Assert.That(levels, Has.Length.GreaterThan(2));
    }

    [Test]
    public void AHundredStepsOfTwentyThousandBodiesKeepEnergyAndMomentum()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "galaxies");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        double[] last = Last(outcome.Output);
        Assert.That((last[0], last[1]), Is.EqualTo((100.0, 0.5)), outcome.Output);
        Assert.That(Math.Abs(last[2]), Is.LessThan(1e-5), "energy");
        Assert.That(last[3], Is.LessThan(1e-5), "momentum");
    }

    [Test]
    public void TheLeapfrogConvergesWithTheMethodsOrder()
    {
        double low = Math.Abs(Last(Galaxies("--order", "3"))[3]);
        double high = Math.Abs(Last(Galaxies("--order", "8"))[3]);
        Assert.That(high, Is.LessThan(low / 20), "the momentum's drift is the field's error alone");
    }

    [Test]
    public void GalaxiesGiveTheSameStepsForEveryNumberOfThreads() =>
        Assert.That(Columns(Galaxies("--threads", "3")), Is.EqualTo(Columns(Galaxies("--threads", "1"))));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void GalaxiesOfAFewBodiesMove(int bodies) =>
        Assert.That(FmmOutcome.Of("run", "galaxies", "--n", $"{bodies}", "--steps", "2").Code, Is.Zero);

    [Test]
    public void GalaxiesShowHowInOneShortFile()
    {
        string file = Path.Combine(TestContext.CurrentContext.TestDirectory, "..", "..", "..", "..", "samples", "scenes", "Galaxies.cs");
        Assert.That(File.ReadAllLines(file), Has.Length.LessThanOrEqualTo(120));
    }

    private static string Galaxies(params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", "galaxies", "--n", "1500", "--steps", "10", .. options]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        return outcome.Output;
    }

    private static double[] Last(string output) =>
        [.. Rows(output)[^1].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];

    /// <summary>All but the seconds.</summary>
    private static string[] Columns(string output) => [.. Rows(output).Select(row => string.Join(' ', row[..4]))];

    private static string[][] Rows(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Where(line => line.Length > 4 && char.IsAsciiDigit(line[4])).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}

using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm bench on few points: what it tells, not how fast it was.</summary>
internal sealed class BenchTests
{
    [Test]
    public void ACaseIsToldWithPhasesOneThreadAndASummary()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--case", "cube-f32-2.5e-4", "--n", "3000", "--repeat", "1", "--threads", "2");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("phases: tree").And.Contain("2 threads give").And.Contain("t1/tn").And.Contain("best"));
    }

    [Test]
    public void JsonHoldsEveryTrialAndWhatItIsMeasuredBy()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--case", "cube-f64-stokes", "--n", "1500", "--repeat", "1", "--threads", "2", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement one = json.RootElement.GetProperty("cases")[0];
        Assert.That(one.GetProperty("target_seconds").GetDouble(), Is.EqualTo(2.0));
        Assert.That(one.GetProperty("speed_up").GetDouble(), Is.GreaterThan(0));
        Assert.That(one.GetProperty("trials").EnumerateArray().Count(trial => trial.GetProperty("best").GetBoolean()), Is.EqualTo(1));
        Assert.That(one.GetProperty("trials")[0].GetProperty("busy_seconds_by_phase").GetProperty("near").GetDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void AKernelThatOneM2LServesIsToldWithThatAlone()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--case", "cube-f64-biot-savart", "--n", "500", "--repeat", "1", "--threads", "1");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("M2L by fft").And.Not.Contain("M2L by compressed"));
        Assert.That(outcome.Output, Does.Not.Contain("own time"), "its target is half of a peer's");
    }

    [Test]
    public void ATargetThatIsNoPeersIsToldToBeOurOwn()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--case", "cube-f64-dipole", "--n", "300", "--repeat", "1", "--threads", "1");
        Assert.That(outcome.Output, Does.Contain("this engine's own time and a quarter more"), outcome.Error);
    }

    [Test]
    public void GrowthTellsTheRatios()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--growth", "--n", "1000");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("times the seconds").And.Contain("times the memory").And.Contain("GiB"));
    }

    [Test]
    public void StepsTellARunWhoseTreeFollowsBesideOneThatNeverDoes()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--steps", "--n", "2500");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        string[] rows = [.. outcome.Output.Split('\n').Where(line => line.StartsWith("  2500", StringComparison.Ordinal))];
        Assert.That(rows[0], Does.Contain("follows").And.Match("refitted|kept"));
        Assert.That(rows[1], Does.Contain("never").And.Contain("120 built"));
    }

    [Test]
    public void ThePapersTablesStandBesideTheirFigures()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--papers", "--n", "10000");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("4.71").And.Contain("1040").And.Contain("8.1").And.Contain("9.000"));
    }

    [Test]
    public void AnUnknownCaseIsRefusedWithTheKnownOnes()
    {
        FmmOutcome outcome = FmmOutcome.Of("bench", "--case", "donut");
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain("'donut'").And.Contain("cube-f64-stokes"));
    }
}

using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Bodies that move between ranks: the law of one rank, little to exchange once they stand where they are computed, and none lost.</summary>
internal sealed class RankSimulationTests
{
    private static readonly string[] _call = ["run", "galaxies", "--n", "1000", "--steps", "60", "--json"];

    [TestCase(2)]
    [TestCase(5)]
    public void Energy_and_momentum_are_kept_as_on_one_rank(int count)
    {
        JsonElement one = Run([.. _call]), several = Run([.. _call, "--ranks", $"{count}"]);
        JsonElement[] log = [.. several.GetProperty("log").EnumerateArray()], expected = [.. one.GetProperty("log").EnumerateArray()];
        Assert.That(log, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < log.Length; i++)
        {
            double drift = expected[i].GetProperty("energy_drift").GetDouble();
            Assert.That(log[i].GetProperty("step").GetInt32(), Is.EqualTo(expected[i].GetProperty("step").GetInt32()));
            // Trees differ, and so does what order 6 leaves over.
            Assert.That(log[i].GetProperty("energy_drift").GetDouble(), Is.EqualTo(drift).Within(0.1 * Math.Abs(drift) + 1e-7));
        }

        JsonElement[] checks = [.. several.GetProperty("checks").EnumerateArray()];
        Assert.That(checks.Select(check => check.GetProperty("met").GetBoolean()).ToArray(), Has.Length.EqualTo(3).And.All.True);
        Assert.That(checks[^1].GetProperty("measured").GetDouble(), Is.EqualTo(1000));
    }

    [Test]
    public void Bodies_move_to_the_rank_that_computes_them_and_stay_near_it()
    {
        JsonElement[] log = [.. Run([.. _call, "--ranks", "4"]).GetProperty("log").EnumerateArray()];
        // Drawn in no order, three of four stand elsewhere at first.
        Assert.That(log[0].GetProperty("moved").GetInt64(), Is.InRange(500, 1000));
        Assert.That(log[^1].GetProperty("moved").GetInt64(), Is.LessThan(2000));
        Assert.That(log.Select(row => row.GetProperty("away").GetDouble()), Is.All.LessThan(0.2));
        Assert.That(log.Select(row => row.GetProperty("work").GetArrayLength()), Is.All.EqualTo(4));
        Assert.That(log.Select(row => row.GetProperty("imbalance").GetDouble()), Is.All.InRange(1, 1.3));
    }

    [Test]
    public void There_may_be_fewer_bodies_than_ranks()
    {
        JsonElement run = Run("run", "galaxies", "--n", "3", "--steps", "4", "--ranks", "6", "--json");
        Assert.That(run.GetProperty("checks").EnumerateArray().Last().GetProperty("met").GetBoolean(), Is.True);
    }

    [Test]
    public void People_see_a_line_a_step_and_a_line_a_rank()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "galaxies", "--n", "300", "--steps", "10", "--ranks", "3");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Match(@"(?m)^   10   0\.050.*%").And.Match(@"(?m)^2 +\d+ +\d+").And.Contain("PostGhostCharges").And.Contain("bodies of all ranks: 300"));
    }

    private static JsonElement Run(params string[] call)
    {
        FmmOutcome outcome = FmmOutcome.Of(call);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        return JsonDocument.Parse(outcome.Output).RootElement;
    }
}

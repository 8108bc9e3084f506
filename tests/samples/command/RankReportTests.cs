using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary><c>fmm report rank</c>: what it tells, not how fast it was.</summary>
internal sealed class RankReportTests : CommandFixture
{
    private static readonly string[] _small = ["report", "rank", "--orders", "3", "--ranks", "4,10,20,26,400", "--n", "2000", "--repeat", "1", "--threads", "2"];

    [Test]
    public void TheErrorFallsWithTheRankToTheMethodsOwn()
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _small, "--csv", In("rank.csv"), "--output", In("rank.html")]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("order 3, f64, full rank 26").And.Contain("order 3, f32, full rank 26"));
        string[][] rows = FmmOutcome.Rows(File.ReadAllText(In("rank.csv")));
        // Two clouds, two precisions, three ranks and the full one.
        Assert.That(rows, Has.Length.EqualTo(16));
        foreach (IGrouping<string, string[]> group in rows.GroupBy(row => row[0] + row[1]))
        {
            double[] errors = [.. group.Select(row => Number(row[6]))], added = [.. group.Select(row => Number(row[7]))];
            double own = Number(group.First()[5]);
            for (int i = 1; i < errors.Length; i++) Assert.That(errors[i], Is.LessThan(1.01 * errors[i - 1]), group.Key);
            Assert.That(errors[^1], Is.EqualTo(own).Within(0.01 * own));
            Assert.That(added[0], Is.GreaterThan(2 * own));
            Assert.That(added[^1], Is.LessThan(1e-5));
            Assert.That(group.Select(row => long.Parse(row[11], CultureInfo.InvariantCulture)), Is.Ordered.Ascending);
        }
    }

    [Test]
    public void ThePageShowsEachOrderAndCloudWithUnitsAndFollowsTheReadersColours()
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _small, "--precision", "double", "--clouds", "cube", "--output", In("rank.html")]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        string page = File.ReadAllText(In("rank.html"));
        Assert.That(page.Split("<svg").Length - 1, Is.EqualTo(2));
        foreach (string label in (string[])["rank [singular values kept]", "relative L2 error", "M2L [s]", "26 (full)"]) Assert.That(page, Does.Contain(label));
        Assert.That(page, Does.Contain("prefers-color-scheme: dark").And.Contain("currentColor"));
    }

    [Test]
    public void JsonHoldsTheRows()
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _small, "--precision", "single", "--clouds", "sphere", "--json"]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] rows = [.. json.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.That(string.Join(' ', rows.Select(row => row.GetProperty("rank").GetInt32())), Is.EqualTo("4 10 20 26"));
        Assert.That(rows[0].GetProperty("m2l_seconds").GetDouble(), Is.Positive);
    }

    [TestCase("--orders 1", "--orders")]
    [TestCase("--orders 8-4", "4-8")]
    [TestCase("--ranks 0", "--ranks")]
    [TestCase("--clouds moon", "--clouds")]
    public void WhatCantBeUsedIsRefusedInOneLine(string options, string named)
    {
        FmmOutcome outcome = FmmOutcome.Of(["report", "rank", .. options.Split(' ')]);
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(named));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

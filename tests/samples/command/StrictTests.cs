using System.Globalization;
using System.Text.Json;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the command tells of a tolerance: in JSON, in the table, on standard error and by its exit code.</summary>
internal sealed class StrictTests : CommandFixture
{
    // Screened charges far from their targets: what is left of the field is below what expansions carry.
    private string[] Unreachable(params string[] options) =>
    [
        "evaluate", "--kernel", "yukawa", "--parameter", "k=80", "--tolerance", "1e-6", "--leaf", "20", "--sources", WriteCube(1500),
        "--targets", Write("far.csv", "x,y,z\n" + string.Concat(PointClouds.Draw(default(UnitCube), 1500, 2).Select(p =>
            string.Create(CultureInfo.InvariantCulture, $"{3 + p.X},{p.Y},{p.Z - 0.7}\n")))), .. options,
    ];

    [Test]
    public void WhatWasReachedIsTold()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(2000), "--tolerance", "1e-5", "--gradient", "--strict", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement told = json.RootElement.GetProperty("tolerance");
        Assert.That(told.EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])["asked", "found", "reached", "gradient_found", "samples"]));
        Assert.That(told.GetProperty("asked").GetDouble(), Is.EqualTo(1e-5));
        Assert.That(told.GetProperty("found").GetDouble(), Is.InRange(1e-8, 1e-5));
        Assert.That(told.GetProperty("gradient_found").GetDouble(), Is.InRange(1e-8, 1e-2));
        Assert.That(told.GetProperty("reached").GetBoolean(), Is.True);
        Assert.That(outcome.Error, Does.Not.Contain("warning"));
    }

    [Test]
    public void WhatWasMissedIsToldAndTheOutputWritten([Values] bool strict, [Values] bool json)
    {
        string output = In("field.csv");
        string[] more = [.. strict ? ["--strict"] : (string[])[], .. json ? ["--json"] : (string[])[]];
        FmmOutcome outcome = FmmOutcome.Of(Unreachable(["--output", output, .. more]));
        Assert.That(outcome.Code, Is.EqualTo(strict ? ExitCode.NotReached : ExitCode.Done), outcome.Error);
        Assert.That(FmmOutcome.Rows(File.ReadAllText(output)), Has.Length.EqualTo(1500));
        string told = outcome.ErrorLines.Single(line => line.Contains("was not reached", StringComparison.Ordinal));
        Assert.That(told, Does.StartWith(strict ? "fmm: The tolerance 1.0e-6" : "fmm: warning: The tolerance 1.0e-6"));
        if (!json)
        {
            Assert.That(outcome.Output + outcome.Error, Does.Contain("NOT REACHED, found "));
            return;
        }

        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Assert.That(document.RootElement.GetProperty("tolerance").GetProperty("reached").GetBoolean(), Is.False);
        Assert.That(document.RootElement.GetProperty("tolerance").GetProperty("found").GetDouble(), Is.GreaterThan(1e-6));
    }

    [Test]
    public void WhatVerifyFindsCounts()
    {
        using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of(Unreachable("--verify", "1500", "--json")).Output);
        double verified = json.RootElement.GetProperty("error").GetProperty("potential_l2").GetDouble();
        Assert.That(json.RootElement.GetProperty("tolerance").GetProperty("found").GetDouble(), Is.GreaterThanOrEqualTo(verified));
    }

    [Test]
    public void SceneHasTheSameCode()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "800", "--tolerance", "1e-3", "--strict", "--verify", "50");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.Contain("promise  potential to 1.0e-3: reached, found "));
    }

    [Test]
    public void AMissedCheckOfASceneIsToldAndWithStrictACodeOfItsOwn([Values] bool strict, [Values] bool json)
    {
        // A mesh far too coarse for the corners of a cube.
        FmmOutcome outcome = FmmOutcome.Of(["run", "capacitance", "--n", "20", .. strict ? ["--strict"] : (string[])[], .. json ? ["--json"] : (string[])[]]);
        Assert.That(outcome.Code, Is.EqualTo(strict ? ExitCode.NotReached : ExitCode.Done), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith(strict ? "fmm: the check was missed: " : "fmm: warning: the check was missed: "));
        if (!json)
        {
            Assert.That(outcome.Output, Does.Match(@"(?m)^capacitance of the cube of edge 1, GMRES: .* by Hwang and Mascagni 2004 0\.660678 within 0\.00066: missed$"));
            return;
        }

        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        JsonElement[] checks = [.. document.RootElement.GetProperty("checks").EnumerateArray()];
        Assert.That(checks.Any(check => !check.GetProperty("met").GetBoolean()));
        Assert.That(checks[0].EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])["name", "measured", "expected", "tolerance", "source", "met"]));
    }

    [Test]
    public void NothingIsToldWhereNothingWasAsked()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(500), "--strict", "--json");
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.That((outcome.Code, json.RootElement.GetProperty("tolerance").ValueKind), Is.EqualTo((0, JsonValueKind.Null)));
    }
}

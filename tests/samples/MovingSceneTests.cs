using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The scenes that move show what theory knows of them, with few bodies, too.</summary>
internal sealed class MovingSceneTests
{
    [TestCase("galaxies", 1500, 60, 2)]
    [TestCase("plummer", 1000, 60, 2)]
    [TestCase("collapse", 1000, 350, 3)]
    [TestCase("plasma", 432, 60, 2)]
    [TestCase("penning", 200, 200, 4)]
    public void AllChecksAreMetWithFewBodiesAndAnySeed(string scene, int bodies, int steps, int checks)
    {
        foreach (string seed in (string[])["1", "7"])
        {
            JsonElement[] told = [.. Run(scene, "--n", $"{bodies}", "--steps", $"{steps}", "--seed", seed).GetProperty("checks").EnumerateArray()];
            Assert.That(told, Has.Length.EqualTo(checks));
            foreach (JsonElement check in told) Assert.That(check.GetProperty("met").GetBoolean(), $"{check}");
        }
    }

    [TestCase("plummer")]
    [TestCase("collapse")]
    [TestCase("plasma")]
    [TestCase("penning")]
    public void ASceneGivesTheSameStepsForEveryNumberOfThreads(string scene)
    {
        string one = Log("1"), three = Log("3");
        Assert.That(three, Is.EqualTo(one));

        string Log(string threads) => string.Join('\n', Run(scene, "--n", "300", "--steps", "10", "--threads", threads).GetProperty("log").EnumerateArray()
            .Select(row => string.Join(' ', row.EnumerateObject().Where(one => one.Name != "seconds_a_step").Select(one => one.Value.GetRawText()))));
    }

    [Test]
    public void AFrequencyIsTheSameHoweverLongItIsMeasured()
    {
        double few = Frequency("50"), many = Frequency("90");
        Assert.That(many, Is.EqualTo(few).Within(0.004));
        Assert.That(many, Is.Not.EqualTo(few), "by more crossings");

        static double Frequency(string steps) => Measured(Run("plasma", "--n", "128", "--steps", steps), "frequency");
    }

    [TestCase("plummer")]
    [TestCase("collapse")]
    [TestCase("plasma")]
    [TestCase("penning")]
    public void ABodyOrTwoMove(string scene)
    {
        foreach (string bodies in (string[])["1", "2", "3"]) Run(scene, "--n", bodies, "--steps", "2");
    }

    [TestCase("collapse", "time of the least radius")]
    [TestCase("plasma", "frequency")]
    [TestCase("penning", "axial frequency")]
    public void WhatWasNotSeenYetIsNotChecked(string scene, string check) =>
        Assert.That(Run(scene, "--n", "200", "--steps", "3").GetProperty("checks").EnumerateArray().Select(one => one.GetProperty("name").GetString()), Has.None.EqualTo(check));

    private static double Measured(JsonElement run, string check) =>
        run.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == check).GetProperty("measured").GetDouble();

    private static JsonElement Run(string scene, params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", scene, "--json", .. options]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        return JsonDocument.Parse(outcome.Output).RootElement;
    }
}

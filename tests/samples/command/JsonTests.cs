using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The JSON object of --json: its members are a contract with scripts.</summary>
internal sealed class JsonTests : CommandFixture
{
    private static readonly string[] _members =
    [
        "chosen", "chosen.far_seconds", "chosen.leaf", "chosen.m2l", "chosen.near_over_far", "chosen.near_seconds", "chosen.order", "chosen.order_error",
        "energy", "error", "error.gradient_l2", "error.hessian_l2", "error.potential_l2", "error.potential_linf", "error.samples", "force", "kernel", "leaf", "m2l", "order",
        "peak_memory_bytes", "precision", "seconds", "seconds.by_system", "seconds.evaluate", "seconds.lists", "seconds.operators",
        "seconds.total", "seconds.tree", "sources", "targets", "threads", "tolerance", "tree", "tree.depth", "tree.full_leaves", "tree.fullest_leaf", "tree.leaves",
        "tree.levels", "tree.lists", "tree.lists.u", "tree.lists.v", "tree.lists.w", "tree.lists.x", "tree.nodes", "vectors", "work",
    ];

    [TestCase]
    [TestCase("--gradient", "--verify", "50")]
    [TestCase("--precision", "single", "--repeat", "3", "--threads", "1")]
    [TestCase("--kernel", "yukawa", "--parameter", "k=5", "--order", "4")]
    public void StandardOutputIsOneObjectWithExactlyTheSchema(params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", WriteCube(600), "--leaf", "20", "--json", .. options]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.That(Paths(json.RootElement, "").Where(path => !path.StartsWith("seconds.by_system.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Is.EqualTo(_members));
        Assert.That(outcome.Error, Is.Empty, "nothing else");
    }

    [Test]
    public void TheTotalIsTreeListsAndEvaluation()
    {
        using JsonDocument json = Run("--repeat", "4");
        JsonElement seconds = json.RootElement.GetProperty("seconds");
        double sum = seconds.GetProperty("tree").GetDouble() + seconds.GetProperty("lists").GetDouble() + seconds.GetProperty("evaluate").GetDouble();
        Assert.That(seconds.GetProperty("total").GetDouble(), Is.EqualTo(sum).Within(1e-12).And.Positive);
        Assert.That(seconds.GetProperty("by_system").EnumerateObject().Sum(system => system.Value.GetDouble()), Is.Positive);
    }

    [Test]
    public void TheSettingsAndCountsAreTheRunsOwn()
    {
        using JsonDocument json = Run("--precision", "single", "--threads", "2", "--order", "5", "--gradient", "--verify", "1000000");
        JsonElement root = json.RootElement;
        Assert.That((root.GetProperty("kernel").GetString(), root.GetProperty("precision").GetString()), Is.EqualTo(("laplace", "single")));
        Assert.That((root.GetProperty("order").GetInt32(), root.GetProperty("leaf").GetInt32(), root.GetProperty("threads").GetInt32()), Is.EqualTo((5, 20, 2)));
        Assert.That((root.GetProperty("sources").GetInt32(), root.GetProperty("targets").GetInt32()), Is.EqualTo((600, 600)));
        Assert.That(root.GetProperty("tree").GetProperty("leaves").GetInt32(), Is.GreaterThan(30));
        Assert.That(root.GetProperty("tree").GetProperty("depth").GetInt32(), Is.GreaterThanOrEqualTo(2));
        Assert.That(root.GetProperty("error").GetProperty("samples").GetInt32(), Is.EqualTo(600));
        Assert.That(root.GetProperty("error").GetProperty("potential_l2").GetDouble(), Is.InRange(1e-8, 1e-3));
        Assert.That(root.GetProperty("error").GetProperty("gradient_l2").GetDouble(), Is.InRange(1e-8, 1e-2));
        Assert.That(root.GetProperty("peak_memory_bytes").GetInt64(), Is.GreaterThan(10_000_000));
    }

    [Test]
    public void WhatWasNotMeasuredIsNull()
    {
        using JsonDocument json = Run();
        JsonElement error = json.RootElement.GetProperty("error");
        Assert.That(error.GetProperty("samples").GetInt32(), Is.Zero);
        Assert.That(error.GetProperty("potential_l2").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void TheErrorOfAVanishingFieldIsStillJson()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("one.csv", "x,y,z,q\n0,0,0,1\n"), "--verify", "1", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.DoesNotThrow(() => JsonDocument.Parse(outcome.Output).Dispose());
    }

    private JsonDocument Run(params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", WriteCube(600), "--leaf", "20", "--json", .. options]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        return JsonDocument.Parse(outcome.Output);
    }

    private static IEnumerable<string> Paths(JsonElement element, string prefix) => element.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object
            ? Paths(member.Value, $"{prefix}{member.Name}.").Prepend(prefix + member.Name)
            : [prefix + member.Name]);
}

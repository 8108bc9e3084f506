using System.Text.Json;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Every scene, small and headless, comes out as its law says.</summary>
internal sealed class SceneCheckTests
{
    // What the scene's own law needs to show; the others have tests of their own.
    private static readonly Dictionary<string, string> _small = new()
    {
        ["ball"] = "--n 5000",
        ["nacl"] = "--n 512",
        ["yukawa-crystal"] = "--n 250",
        ["capacitor"] = "--n 400",
        ["hostile"] = "--n 1500",
        ["sedimentation"] = "--n 800 --steps 5",
        ["vortex-ring"] = "--n 840 --steps 4",
        ["leapfrogging-rings"] = "--n 260 --steps 40",
        ["own-kernel"] = "--n 2000",
        ["own-system"] = "--n 200 --steps 40",
        ["host-loop"] = "--n 400 --steps 70",
        ["own-threads"] = "--n 1500",
        ["replay"] = "--n 300 --steps 5",
    };

    private static IEnumerable<string> Held => _small.Keys;

    private static IEnumerable<string> All => SceneSet.All.Select(scene => scene.Name);

    [TestCaseSource(nameof(Held))]
    public void A_scene_is_as_its_law_says(string scene)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", scene, .. _small[scene].Split(' '), "--seed", "7", "--threads", "2", "--json", "--strict"]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((ExitCode.Done, "")), outcome.Output);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] checks = [.. json.RootElement.GetProperty("checks").EnumerateArray()];
        Assert.That(checks, Is.Not.Empty);
        Assert.That(checks.Select(check => check.GetProperty("met").GetBoolean()), Is.All.True);
        Assert.That(json.RootElement.GetProperty("threads").GetInt32(), Is.EqualTo(scene == "replay" ? 3 : 2));
    }

    [TestCaseSource(nameof(Held))]
    public void In_single_precision_it_is_too_and_says_so_in_words(string scene)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", scene, .. _small[scene].Split(' '), "--precision", "single", "--strict"]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((ExitCode.Done, "")), outcome.Output);
        Assert.That(outcome.Output, Does.StartWith($"{scene}: ").And.Match(@"(?m)^.*: \S+, by .* within \S+: met$"));
        Assert.That(outcome.Output, Does.Not.Contain("missed"));
    }

    [TestCaseSource(nameof(All))]
    public void A_scene_takes_the_options_that_all_have(string scene)
    {
        IReadOnlyList<string> foreign = SceneSet.Named(scene).Foreign;
        Assert.That(foreign.Intersect(["--n", "--seed", "--threads", "--precision", "--json", "--strict"]), Is.Empty);
        string help = FmmOutcome.Of("run", scene, "--help").Output;
        Assert.That(help.Contains("--steps"), Is.Not.EqualTo(foreign.Contains("--steps")));
    }

    [Test]
    public void A_scene_has_a_name_of_its_own_in_small_letters()
    {
        Assert.That(All, Is.Unique);
        Assert.That(All, Is.All.Match("^[a-z]+(-[a-z]+)*$"));
    }
}

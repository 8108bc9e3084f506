using System.Text.Json;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm scenes: every scene with a line of physics.</summary>
internal sealed class ScenesCommandTests
{
    [Test]
    public void Every_scene_has_a_line_of_its_name_and_its_physics()
    {
        FmmOutcome outcome = FmmOutcome.Of("scenes");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.That(lines.Select(line => line.Split(' ')[0]), Is.EqualTo(SceneSet.All.Select(scene => scene.Name)));
        Assert.That(lines.Zip(SceneSet.All).Where(pair => !pair.First.EndsWith($"  {pair.Second.Description}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Json_tells_the_same_and_which_take_steps()
    {
        FmmOutcome outcome = FmmOutcome.Of("scenes", "--json");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] scenes = [.. json.RootElement.GetProperty("scenes").EnumerateArray()];
        Assert.That(
            scenes.Select(one => (one.GetProperty("name").GetString(), one.GetProperty("description").GetString(), one.GetProperty("steps").GetBoolean())),
            Is.EqualTo(SceneSet.All.Select(scene => (scene.Name, scene.Description, !scene.Foreign.Contains("--steps")))));
        Assert.That(scenes.Select(one => one.GetProperty("steps").GetBoolean()).Distinct().Count(), Is.EqualTo(2), "some move, some don't");
    }

    [Test]
    public void A_description_is_a_line_that_fits_a_screen()
    {
        Assert.That(SceneSet.All.Select(scene => scene.Description), Is.All.Length.InRange(20, 110).And.All.Not.Contain("\n"));
    }
}

using System.Text.Json;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm kernels: the list, and the check of each.</summary>
internal sealed class KernelsTests
{
    [Test]
    public void The_list_tells_what_kernels_say_of_themselves()
    {
        FmmOutcome outcome = FmmOutcome.Of("kernels");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.Match(@"(?m)^laplace +- +1 +1 +-1 +1st and 2nd +1/\(4 pi r\)$").And.Match(@"(?m)^yukawa +k +1 +1 +- +1st +exp\(-k r\)/\(4 pi r\)$").And.Match(@"(?m)^stokes +mu=1 +3 +3 +-1 +1st "));
    }

    [Test]
    public void Every_kernel_that_the_command_takes_is_listed_and_sound()
    {
        FmmOutcome outcome = FmmOutcome.Of("kernels", "--check", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] kernels = [.. json.RootElement.GetProperty("kernels").EnumerateArray()];
        Assert.That(kernels.Select(one => one.GetProperty("name").GetString()), Is.EqualTo(KernelChoice.Names));
        Assert.That(kernels.Select(one => one.GetProperty("findings").GetArrayLength()), Is.All.Zero);
        JsonElement stokes = kernels.Single(one => one.GetProperty("name").GetString() == Stokes.Name);
        Assert.That(
            (stokes.GetProperty("source_components").GetInt32(), stokes.GetProperty("degree").GetInt32(), stokes.GetProperty("parity").GetString(), stokes.GetProperty("hessian").GetBoolean()),
            Is.EqualTo((3, -1, "even", false)));
        Assert.That(stokes.GetProperty("parameters")[0].GetProperty("preset").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public void A_check_says_sound_behind_each()
    {
        FmmOutcome outcome = FmmOutcome.Of("kernels", "--check");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output.Split('\n').Count(line => line.EndsWith(": sound", StringComparison.Ordinal)), Is.EqualTo(KernelChoice.Names.Length));
    }
}

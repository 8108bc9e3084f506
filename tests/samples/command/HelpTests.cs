using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the command tells about itself.</summary>
internal sealed class HelpTests
{
    [TestCase]
    [TestCase("run")]
    [TestCase("evaluate")]
    [TestCase("info")]
    public void HelpIsOnStandardOutputAndNoError(params string[] path)
    {
        FmmOutcome outcome = FmmOutcome.Of([.. path, "--help"]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("Usage:"));
    }

    [Test]
    public void HelpOfEvaluateNamesEveryOption()
    {
        string help = FmmOutcome.Of("evaluate", "--help").Output;
        string[] options =
        [
            "--sources", "--targets", "--output", "--kernel", "--parameter", "--order", "--tolerance", "--leaf", "--precision",
            "--gradient", "--threads", "--verify", "--repeat", "--json",
        ];
        Assert.Multiple(() => Array.ForEach(options, option => Assert.That(help, Does.Contain(option))));
        Assert.That(help, Does.Contain("laplace").And.Contain("yukawa"));
    }

    [Test]
    public void HelpOfRunNamesEveryScene() =>
        Assert.That(FmmOutcome.Of("run", "--help").Output, Does.Contain("sphere").And.Contain("cube").And.Contain("galaxies"));

    [Test]
    public void InfoNamesLinearAlgebraLanesAndThreads()
    {
        FmmOutcome outcome = FmmOutcome.Of("info");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("linear algebra").And.Contain("vector width").And.Contain("threads"));
    }
}

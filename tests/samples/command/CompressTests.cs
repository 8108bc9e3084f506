using System.Text.Json;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary><c>fmm compress-m2l</c>, <c>fmm recompress-m2l</c>, and the runs that load what they wrote.</summary>
internal sealed class CompressTests : CommandFixture
{
    [Test]
    public void WhatIsThereIsLeftAloneUntilItIsToBeComputedAnew()
    {
        string[] rest = ["--order", "3", "--rank", "12", "--output", In("m2l.hdf5")];
        Assert.That(FmmOutcome.Of(["compress-m2l", .. rest]).Output, Does.StartWith("computed rank 12"));
        DateTime written = File.GetLastWriteTimeUtc(In("m2l.hdf5"));
        Assert.That(FmmOutcome.Of(["compress-m2l", .. rest]).Output, Does.StartWith("there    rank 12"));
        Assert.That(File.GetLastWriteTimeUtc(In("m2l.hdf5")), Is.EqualTo(written));
        Assert.That(FmmOutcome.Of(["recompress-m2l", .. rest]).Output, Does.StartWith("computed rank 12"));
        Assert.That(File.GetLastWriteTimeUtc(In("m2l.hdf5")), Is.GreaterThan(written));
    }

    [Test]
    public void AConfigurationOfPyExaFMMNamesOrderRankPrecisionAndFile()
    {
        string config = Write("config.json", """
            { "order": 4, "kernel": "laplace", "target_rank": 20, "precision": "single", "operator_dirname": "operators", "m2l_compressed_filename": "m2l_compressed" }
            """);
        FmmOutcome outcome = FmmOutcome.Of("compress-m2l", "--config", config, "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement level = json.RootElement.GetProperty("levels")[0];
        Assert.That((level.GetProperty("rank").GetInt32(), level.GetProperty("computed").GetBoolean()), Is.EqualTo((20, true)));
        string file = Path.Combine(Folder, "operators", "m2l_compressed.hdf5");
        using (Hdf5File written = Hdf5File.Open(file)) Assert.That(written.Dataset("/m2l/2/u").Shape, Is.EqualTo(new long[] { 56, 20 }));
        FmmOutcome run = FmmOutcome.Of("run", "sphere", "--n", "3000", "--config", config, "--verify", "50");
        Assert.That((run.Code, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Contain("single precision").And.Contain("ranks 20 of 56"));
    }

    [Test]
    public void ARunSaysWhereAFileDidNotServeIt()
    {
        FmmOutcome.Of("compress-m2l", "--order", "3", "--alpha-inner", "1.1", "--rank", "12", "--output", In("m2l.hdf5"));
        FmmOutcome same = FmmOutcome.Of("run", "cube", "--n", "2000", "--order", "3", "--alpha-inner", "1.1", "--rank", "12", "--m2l-file", In("m2l.hdf5"));
        FmmOutcome other = FmmOutcome.Of("run", "cube", "--n", "2000", "--order", "3", "--alpha-inner", "1.1", "--rank", "13", "--m2l-file", In("m2l.hdf5"));
        Assert.That((same.Code, same.Error), Is.EqualTo((0, "")));
        Assert.That(other.Code, Is.Zero);
        Assert.That(other.Error, Does.Contain("low rank 13").And.Contain("computed anew"));
    }

    [Test]
    public void AFileThatNothingWouldBeLoadedFromIsRefused()
    {
        FmmOutcome unranked = FmmOutcome.Of("run", "cube", "--n", "200", "--m2l-file", In("m2l.hdf5")), missing = FmmOutcome.Of("run", "cube", "--n", "200", "--rank", "9", "--m2l-file", In("m2l.hdf5"));
        Assert.That((unranked.Code, unranked.ErrorLines.Length, missing.Code, missing.ErrorLines.Length), Is.EqualTo((2, 1, 2, 1)));
        Assert.That(unranked.Error, Does.Contain("nothing would be loaded from it; add --rank K"));
        Assert.That(missing.Error, Does.Contain("there is no such file; fmm compress-m2l --output"));
    }

    [TestCase("--rank 0", "--rank")]
    [TestCase("--rank-tolerance 2", "--rank-tolerance")]
    [TestCase("--rank 10 --rank-tolerance 0.1", "--rank")]
    [TestCase("--kernel yukawa", "k=5")]
    public void WhatCantBeUsedIsRefusedInOneLine(string options, string named)
    {
        FmmOutcome outcome = FmmOutcome.Of(["compress-m2l", "--output", In("m2l.hdf5"), .. options.Split(' ')]);
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.ErrorLines, Has.Length.EqualTo(1).And.One.Contain(named));
        Assert.That(File.Exists(In("m2l.hdf5")), Is.False);
    }

    [TestCase("--rank 10 --m2l fft", "Fft has no rank")]
    [TestCase("--rank-tolerance 0.1 --m2l dense", "--rank-tolerance: LowRank.Tolerance is 0.1: Dense has no rank")]
    [TestCase("--rank 10 --rank-tolerance 0.1", "not both")]
    public void ARunRefusesARankThatItCantKeep(string options, string named)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", "cube", "--n", "100", .. options.Split(' ')]);
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(named));
    }
}

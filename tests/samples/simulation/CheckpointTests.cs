using Fmm.Engine;
using Fmm.Files;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Runs that are kept and gone on from: the same bits as a run in one go, or a refusal.</summary>
internal sealed class CheckpointTests : CommandFixture
{
    private static readonly IEnumerable<string> _moving = SceneSet.All.OfType<MovingScene>().Select(scene => scene.Name);

    [TestCaseSource(nameof(_moving))]
    public void ARunThatIsResumedContinuesToTheBit(string scene)
    {
        string[] options = ["--n", "150", "--order", "3"];
        Run(scene, [.. options, "--steps", "6", "--checkpoint-every", "3", "--checkpoint", In("whole.h5")]);
        Run(scene, [.. options, "--steps", "3", "--checkpoint-every", "3", "--checkpoint", In("half.h5")]);
        Run(scene, [.. options, "--steps", "6", "--checkpoint", In("resumed.h5"), "--resume", In("half.h5")]);
        Assert.That(HashOf("resumed.h5"), Is.EqualTo(HashOf("whole.h5")).And.Not.EqualTo(HashOf("half.h5")));
    }

    [Test]
    public void GalaxiesGiveTheSameBitsStraightResumedAndOnAnyNumberOfThreads()
    {
        string[] options = ["--n", "2000"];
        HashSet<ulong> found = [];
        List<string> rows = [];
        foreach (string threads in (string[])["1", "3"])
        {
            string whole = Run("galaxies", [.. options, "--threads", threads, "--steps", "20", "--checkpoint-every", "10", "--checkpoint", In("whole.h5")]);
            Run("galaxies", [.. options, "--threads", threads, "--steps", "10", "--checkpoint", In("half.h5")]);
            string resumed = Run("galaxies", [.. options, "--threads", threads, "--steps", "20", "--checkpoint", In("resumed.h5"), "--resume", In("half.h5")]);
            found.Add(HashOf("whole.h5"));
            found.Add(HashOf("resumed.h5"));
            rows.Add(LastRow(whole));
            rows.Add(LastRow(resumed));
        }
        Assert.That((found.Count, rows.Distinct().Count()), Is.EqualTo((1, 1)), string.Join('\n', rows));
    }

    [Test]
    public void AReplayFromTheSameSeedGivesTheSameBits()
    {
        foreach ((string file, string seed, string threads) in ((string, string, string)[])[("a.h5", "5", "1"), ("b.h5", "5", "3"), ("c.h5", "6", "3")])
            Run("galaxies", "--n", "800", "--steps", "3", "--seed", seed, "--threads", threads, "--checkpoint", In(file));
        Assert.That((HashOf("b.h5"), HashOf("c.h5") == HashOf("a.h5")), Is.EqualTo((HashOf("a.h5"), false)));
    }

    [TestCase("--seed 2", "--seed 1", "has 2")]
    [TestCase("--n 51", "--n 50", "has 51")]
    [TestCase("--order 4", "--order 6", "has 4")]
    [TestCase("--precision single", "--precision double", "single")]
    [TestCase("--leaf 20", "--leaf chosen by the engine", "20")]
    [TestCase("--steps 2", "step 2", "no further")]
    public void TheCheckpointOfAnotherRunIsRefused(string option, string kept, string given)
    {
        Run("galaxies", "--n", "50", "--steps", "2", "--checkpoint", In("kept.h5"));
        string[] other = option.StartsWith("--n ", StringComparison.Ordinal) ? [] : ["--n", "50"];
        FmmOutcome outcome = FmmOutcome.Of(["run", "galaxies", .. other, .. option.Split(' '), "--resume", In("kept.h5")]);
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("--resume").And.Contain(In("kept.h5")).And.Contain(kept).And.Contain(given));
    }

    [Test]
    public void WhatIsNoCheckpointIsRefused()
    {
        using (World world = World.Create()) WorldFile.Save(In("world.h5"), world);
        foreach (string file in (string[])[In("none.h5"), In("world.h5"), WriteCube(3)])
        {
            FmmOutcome outcome = FmmOutcome.Of("run", "galaxies", "--n", "50", "--resume", file);
            Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
            Assert.That(outcome.Error, Does.Contain(file));
        }
    }

    [Test]
    public void ACheckpointThatCannotBeWrittenIsRefusedBeforeTheRun()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "galaxies", "--n", "50", "--checkpoint", In("none/kept.h5"));
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain("there is no folder"));
    }

    [Test]
    public void ASceneWithoutStepsHasNoCheckpoints()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "50", "--checkpoint-every", "3");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((2, "fmm: --checkpoint-every means nothing to the scene cube; leave it out\n")));
    }

    private static string Run(string scene, params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["run", scene, .. options]);
        // A few steps of a few bodies need not come to what theory knows of many.
        Assert.That((outcome.Code, outcome.ErrorLines.Count(line => !line.Contains("the check was missed", StringComparison.Ordinal))), Is.EqualTo((0, 0)), outcome.Error);
        return outcome.Output;
    }

    // Of the table, all but the seconds.
    private static string LastRow(string output) => string.Join(' ', output.Split('\n').Last(line => line.Length > 4 && char.IsAsciiDigit(line[4])).Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1]);

    private ulong HashOf(string file)
    {
        using World world = World.Create();
        WorldFile.Restore(In(file), world);
        return Snapshot.Hash(world);
    }
}

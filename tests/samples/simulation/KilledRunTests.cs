using System.Diagnostics;
using System.Text.Json;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The built executable, killed and interrupted in the middle of its steps.</summary>
internal sealed class KilledRunTests : ShellFixture
{
    [Test]
    public void AProcessThatIsKilledLeavesTheLastWholeCheckpointAndLog()
    {
        Random random = new(1);
        long last = 0;
        for (int kill = 0; kill < 3; kill++)
        {
            string[] resume = kill == 0 ? [] : ["--resume", "kept.h5"];
            using Process process = BeginFmm(["run", "galaxies", "--n", "1000", "--order", "3", "--steps", "1000000", "--checkpoint-every", "1", "--checkpoint", "kept.h5", "--log", "log.jsonl", .. resume]);
            Await(() => File.Exists(In("kept.h5")) && StepOf("kept.h5") > last, "never wrote a checkpoint");
            Thread.Sleep(random.Next(100));
            Send(process, "KILL");
            Assert.That(End(process).Code, Is.EqualTo(137));
            Assert.That(StepOf("kept.h5"), Is.GreaterThan(last));
            last = StepOf("kept.h5");
        }
        Assert.That(File.ReadAllLines(In("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()), Is.All.EqualTo("begin"));
        Assert.That(Partials, Has.Length.LessThanOrEqualTo(1), "each run removes what the one before left");
    }

    // All pairs of 100,000 bodies: a step is longer than the half second that others are given.
    [Test]
    public void TheFirstInterruptLetsALongStepEndAndTheSecondDoesNot()
    {
        string[] command = ["run", "galaxies", "--n", "100000", "--leaf", "100000", "--steps", "1000000", "--checkpoint", "kept.h5", "--log", "log.jsonl"];
        using (Process process = BeginFmm(command))
        {
            Await(() => File.Exists(In("log.jsonl")) && File.ReadAllText(In("log.jsonl")).Contains("begin", StringComparison.Ordinal), "never began");
            Send(process, "INT");
            FmmOutcome outcome = End(process);
            Assert.That(outcome.Code, Is.EqualTo(130));
            Assert.That(outcome.Error, Does.Match(@"fmm: note: stopped after step \d+ of 1000000; --resume kept.h5 goes on from there\nfmm: cancelled before its output was complete\n$"));
            Assert.That(StepOf("kept.h5"), Is.GreaterThan(0));
            Assert.That(JsonDocument.Parse(File.ReadAllLines(In("log.jsonl"))[^1]).RootElement.GetProperty("event").GetString(), Is.EqualTo("stopped"));
        }

        File.Delete(In("kept.h5"));
        File.Delete(In("log.jsonl"));
        using (Process process = BeginFmm(command))
        {
            Await(() => File.Exists(In("log.jsonl")) && File.ReadAllText(In("log.jsonl")).Contains("begin", StringComparison.Ordinal), "never began");
            Send(process, "INT");
            Thread.Sleep(50); // Signals that are sent at once are one.
            Send(process, "INT");
            FmmOutcome outcome = End(process);
            Assert.That((outcome.Code, File.Exists(In("kept.h5"))), Is.EqualTo((130, false)));
            Assert.That(outcome.Error, Does.EndWith("fmm: cancelled before its output was complete\n"));
            Assert.That(Partials, Is.Empty);
        }
    }

    private long StepOf(string file)
    {
        using World world = World.Create();
        WorldFile.Restore(In(file), world);
        return world.Resource<SimulationClock>().Steps;
    }
}

using System.Text;
using System.Text.Json;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a run of many steps leaves however it ends: at its last step, stopped, or with a number that is none.</summary>
internal sealed class LongRunTests : CommandFixture
{
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Velocity>();

    [Test]
    public void ARunThatIsStoppedEndsAfterItsStepWithAllFilesWhole()
    {
        using CancellationTokenSource cancellation = new();
        FallingBodies scene = new() { Mischief = (_, step) => { if (step == 4) cancellation.Cancel(); } };
        (string output, string error) = Run(scene, 20, out Exception? fault, cancellation: cancellation.Token);
        Assert.That(fault, Is.InstanceOf<OperationCanceledException>());
        Assert.That(error, Is.EqualTo($"fmm: note: stopped after step 4 of 20; --resume {In("kept.h5")} goes on from there\n"));
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..], Has.All.Not.Contain("counting").And.Some.StartsWith("    4"), "the checks are of the end");
        Assert.That(StepOf("kept.h5"), Is.EqualTo(4));
        Assert.That(string.Join(", ", Events()), Is.EqualTo("begin 0, step 2, step 4, stopped 4"));

        Run(new FallingBodies(), 20, out fault, resume: true);
        Assert.That((fault, StepOf("kept.h5")), Is.EqualTo(((Exception?)null, 20)));
        Assert.That(Events(), Has.Length.EqualTo(14).And.Contain("begin 4").And.Contain("end 20"));
    }

    [TestCase(double.NaN, "NaN")]
    [TestCase(double.NegativeInfinity, "-Infinity")]
    public void ANumberThatIsNoneStopsTheRunAndNamesStepSystemAndEntity(double wrong, string text)
    {
        Entity body = default;
        FallingBodies scene = new()
        {
            Mischief = (world, step) =>
            {
                if (step != 5) return;
                body = world.Query(_bodies).Matches[0].Chunk.Entity(37);
                world.Get<Velocity>(body).Y = wrong;
            },
        };
        Run(scene, 20, out Exception? fault);
        Assert.That(fault, Is.InstanceOf<DivergedException>());
        Assert.That(fault!.Message, Does.StartWith($"step 5: the system Mischief left Velocity of {body}, row 37 of ").And.Contain($"Y {text}").And.Contain("take shorter steps"));
        Assert.That(string.Join(", ", Events()), Is.EqualTo("begin 0, step 2, step 4, failed 4"));
        Assert.That(JsonDocument.Parse(File.ReadAllLines(In("log.jsonl"))[^1]).RootElement.GetProperty("fault").GetString(), Is.EqualTo(fault.Message));
    }

    [Test]
    public void WhatTheMethodRefusesStopsTheRunAndNamesTheStep()
    {
        FallingBodies scene = new() { Mischief = (world, step) => { if (step == 2) world.Get<Position>(world.Query(_bodies).Matches[0].Chunk.Entity(3)).X = 1e301; } };
        Run(scene, 20, out Exception? fault);
        Assert.That(fault, Is.InstanceOf<DivergedException>());
        Assert.That(fault!.Message, Does.StartWith("step 2: CheckInput: ").And.Contain("1e+301").IgnoreCase);
    }

    [Test]
    public void ADivergedRunEndsWithAnExitCodeAndItsCheckpointStands()
    {
        Assert.That(FmmOutcome.Of("run", "galaxies", "--n", "50", "--steps", "2", "--checkpoint", In("kept.h5")).Code, Is.Zero);
        using (World world = World.Create())
        {
            SavedState state = WorldFile.Restore(In("kept.h5"), world);
            world.Get<Velocity>(world.Query(_bodies).Matches[0].Chunk.Entity(9)).X = double.NaN;
            WorldFile.Save(In("kept.h5"), world, state);
        }
        byte[] before = File.ReadAllBytes(In("kept.h5"));
        FmmOutcome outcome = FmmOutcome.Of("run", "galaxies", "--n", "50", "--steps", "4", "--checkpoint-every", "1", "--checkpoint", In("kept.h5"), "--resume", In("kept.h5"));
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((1, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: step 3: the system ").And.Contain("of Entity 9 (version 1), row 9").And.Contain("kept.h5 stands"));
        Assert.That(File.ReadAllBytes(In("kept.h5")), Is.EqualTo(before));
    }

    [Test]
    public unsafe void OneNumberThatIsNoneIsSeenWhereverItStands()
    {
        for (int count = 1; count < 40; count++)
        {
            double[] doubles = new double[count];
            float[] floats = new float[count];
            for (int at = 0; at < count; at++)
            {
                (doubles[at], floats[at]) = (double.NaN, float.PositiveInfinity);
                fixed (double* first = doubles) Assert.That(StateGuard.AreFinite(first, count), Is.False);
                fixed (float* first = floats) Assert.That(StateGuard.AreFinite(first, count), Is.False);
                (doubles[at], floats[at]) = (double.MaxValue, -float.MaxValue);
            }
            fixed (double* first = doubles) Assert.That(StateGuard.AreFinite(first, count), Is.True);
            fixed (float* first = floats) Assert.That(StateGuard.AreFinite(first, count), Is.True);
        }
    }

    [Test]
    public void TheLogTellsTimesInvariantsAndTree()
    {
        Assert.That(FmmOutcome.Of("run", "galaxies", "--n", "500", "--steps", "20", "--log", In("log.jsonl")).Code, Is.Zero);
        JsonElement[] lines = [.. File.ReadAllLines(In("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines.Select(line => line.GetProperty("event").GetString()), Is.EqualTo((string[])["begin", .. Enumerable.Repeat("step", 10), "end"]));
        Assert.That((lines[0].GetProperty("scene").GetString(), lines[0].GetProperty("kernel").GetString()!.Split(' ')[0], lines[0].GetProperty("settings").GetProperty("bodies").GetInt32()), Is.EqualTo(("galaxies", "gravity", 500)));
        JsonElement step = lines[^2];
        Assert.That((step.GetProperty("step").GetInt32(), step.GetProperty("time").GetDouble(), step.GetProperty("bodies").GetInt32()), Is.EqualTo((20, 0.1, 500)));
        Assert.That(step.GetProperty("energy_drift").GetDouble(), Is.InRange(-1e-3, 1e-3));
        Assert.That((step.GetProperty("leaves").GetInt32(), step.GetProperty("tree").GetString()), Is.Not.EqualTo((0, "")));
        Assert.That(step.GetProperty("seconds_by_system").GetProperty("P2P").GetDouble(), Is.GreaterThan(0).And.LessThan(step.GetProperty("update_seconds").GetDouble()));
    }

    [Test]
    public void ALogThatCannotBeWrittenIsRefused()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "galaxies", "--n", "50", "--log", In("none/log.jsonl"));
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.StartWith("fmm: --log"));
    }

    [Test]
    public void AScreenShowsRateAndTimeLeftInOneLineThatIsGoneAtTheEnd()
    {
        (string output, string error) = Run(new FallingBodies { Mischief = (_, step) => Thread.Sleep(step < 4 ? 100 : 0) }, 100, out _, isScreen: true);
        Assert.That(error, Does.Match(@"step \d+ of 100 \(\d+ %\), [\d.]+ steps a second, \d+ s left").And.EndWith(ProgressLine.Wipe).And.Not.Contain('\n'));
        Assert.That(output, Does.Not.Contain('\u001b'));
        (_, error) = Run(new FallingBodies(), 100, out _);
        Assert.That(error, Is.Empty, "a pipe gets none");
    }

    [TestCase(5, "5 s")]
    [TestCase(600, "10 min")]
    [TestCase(7300, "2 h")]
    [TestCase(400_000, "5 days")]
    public void TimeLeftIsToldInFewLetters(double seconds, string text)
    {
        (double number, string unit) = StepProgress.Span(seconds);
        Assert.That(FormattableString.Invariant($"{number:0} {unit}"), Is.EqualTo(text));
    }

    private (string Output, string Error) Run(FallingBodies scene, int steps, out Exception? fault, bool resume = false, bool isScreen = false, CancellationToken cancellation = default)
    {
        using MemoryStream output = new(), error = new();
        SceneRequest request = FallingBodies.Request(
            new Terminal(output, error, outputIsScreen: false, isScreen), new LongRun { Checkpoint = In("kept.h5"), Log = In("log.jsonl"), Resume = resume ? In("kept.h5") : null }, cancellation);
        using Simulation simulation = scene.Build(request);
        fault = null;
        try
        {
            SimulationRun.Run(simulation, request, steps);
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }
        return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private long StepOf(string file)
    {
        using World world = World.Create();
        WorldFile.Restore(In(file), world);
        return world.Resource<Fmm.Systems.SimulationClock>().Steps;
    }

    private string[] Events() => [.. File.ReadAllLines(In("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
        .Select(line => $"{line.GetProperty("event").GetString()} {line.GetProperty("step").GetInt32()}")];
}

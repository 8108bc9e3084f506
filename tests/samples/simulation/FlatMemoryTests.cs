using System.Diagnostics;
using Fmm.Samples;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What whole runs take of the memory, with everybody who watches: nothing a warm step, and no more after many steps than after some.</summary>
internal sealed class FlatMemoryTests : CommandFixture
{
    private static readonly IEnumerable<string> _moving = SceneSet.All.OfType<MovingScene>().Select(scene => scene.Name);

    [TestCaseSource(nameof(_moving))]
    public void AWarmStepOfASceneAllocatesNothingWithAllWhoWatch(string name)
    {
        MovingScene scene = (MovingScene)SceneSet.Named(name);
        using Simulation simulation = scene.Build(Request() with { Count = 200 });
        using SimulationLoop loop = new(simulation, Request(), 100_000);
        loop.Begin();
        Assert.That(Allocations.OfWarm(loop.Step), Is.Zero);
    }

    [Test]
    public void MemoryIsFlatOverManySteps() => RunFlat(new FallingBodies(), 60, 300);

    [Test]
    public void MemoryIsFlatWhileBodiesComeAndGo() => RunFlat(new FallingBodies { Replaced = 7 }, 60, 200);

    [Test, Category("Slow")]
    public void MemoryIsFlatOverTenThousandSteps() => RunFlat(SceneSet.All.OfType<Galaxies>().Single(), 200, 10_000);

    [Test, Category("Slow")]
    public void MemoryIsFlatOverTwoThousandStepsInWhichBodiesComeAndGo() => RunFlat(new FallingBodies { Replaced = 50 }, 1000, 2000);

    private void RunFlat(MovingScene scene, int count, int steps)
    {
        using Simulation simulation = scene.Build(Request() with { Count = count });
        using SimulationLoop loop = new(simulation, Request(), steps);
        loop.Begin();
        (long managed, long native, long process) early = default;
        while (loop.GoesOn)
        {
            loop.Step();
            if (simulation.Clock.Steps == steps / 3) early = Now(simulation);
        }
        (long managed, long native, long process) late = Now(simulation);
        loop.End();
        TestContext.Out.WriteLine($"{scene.Name}, step {steps / 3} and {steps}: managed {early.managed} and {late.managed}, native {early.native} and {late.native}, process {early.process >> 20} and {late.process >> 20} MiB");
        Assert.That(late.native, Is.LessThanOrEqualTo(early.native * 1.02), "native memory");
        Assert.That(late.managed - early.managed, Is.LessThan(200_000), "the managed heap");
    }

    private static (long Managed, long Native, long Process) Now(Simulation simulation)
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using Process process = Process.GetCurrentProcess();
        return (managed, simulation.World.Ledger.OutstandingBytes, process.WorkingSet64);
    }

    private SceneRequest Request() => FallingBodies.Request(
        new Terminal(Stream.Null, Stream.Null, outputIsScreen: false, errorIsScreen: true), new LongRun { Checkpoint = In("kept.h5"), CheckpointEvery = 5000, Log = In("log.jsonl") });
}

using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Runs that would not fit into memory.</summary>
internal sealed class MemoryGuardTests
{
    private static readonly MemoryEstimate _engine = MemoryEstimate.Of(new Laplace(), new FmmOptions(), 1_000_000);

    [Test]
    public void ARunThatFitsIsNotToldAnything() => new MemoryGuard(false, _ => Assert.Fail("told"), () => 1L << 40).Check("a run", _engine, 1e6, 1_000_000);

    [Test]
    public void WhereNobodyKnowsNothingIsRefused() => new MemoryGuard(false, _ => Assert.Fail("told"), () => null).Check("a run", _engine, 1e18, 1_000_000);

    [Test]
    public void ARefusalTellsNeedParcelsAndRemedies()
    {
        MemoryGuard guard = new(false, _ => { }, () => 200_000_000);
        string message = Assert.Throws<InputException>(() => guard.Check("a run", _engine, 48e6, 1_000_000))!.Message;
        string[] told = ["a run needs about", "200 MB are free", "points", "operators", "fewer points (some ", "--precision single", "--leaf", "--ignore-memory"];
        Assert.Multiple(() => Array.ForEach(told, part => Assert.That(message, Does.Contain(part))));
        int fit = int.Parse(message.Split("(some ")[1].Split(')')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(fit, Is.InRange(100_000, 900_000));
    }

    [Test]
    public void IgnoringMemoryTurnsARefusalIntoANote()
    {
        List<string> notes = [];
        new MemoryGuard(true, notes.Add, () => 1).Check("a run", _engine, 0, 536_870_912);
        Assert.That(notes, Has.Count.EqualTo(1));
        Assert.That(notes[0], Does.Contain("a run needs about").And.Contain("--ignore-memory"));
    }

    [TestCase("run", "cube", "--n", "536870912", "--kernel", "stokes", "--gradient", "--leaf", "1")]
    [TestCase("run", "galaxies", "--n", "536870912", "--leaf", "1")]
    [TestCase("bench", "--growth", "--n", "536870912")]
    [TestCase("bench", "--n", "536870912", "--case", "cube-f64-stokes")]
    public void WhatNoMachineHoldsIsRefusedAtOnce(params string[] command)
    {
        if (FreeMemory.Bytes() is null or > 400L << 30) Assert.Ignore("This machine might hold it.");
        FmmOutcome outcome = FmmOutcome.Of(command);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("536870912"));
    }

    [Test]
    public void FreeMemoryIsWhatTheMachineHasAtMost()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Linux alone tells.");
        long total = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(FreeMemory.Bytes(), Is.InRange(1, 1024 * total));
    }
}

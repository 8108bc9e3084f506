using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Views;

/// <summary>Memory a worker, as a user's job asks for it.</summary>
internal sealed class WorkerScratchTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void Each_worker_has_numbers_of_its_own()
    {
        using WorkerScratch<double> scratch = new(_world.Ledger, "test");
        scratch.Prepare(3, 100);
        for (int worker = 0; worker < 3; worker++) scratch.Span(worker).Fill(worker);
        for (int worker = 0; worker < 3; worker++) Assert.That(scratch.Span(worker).ToArray(), Has.Length.EqualTo(100).And.All.EqualTo(worker));
    }

    [Test]
    public void A_worker_that_there_is_not_gets_nothing([Values(-1, 2, int.MaxValue)] int worker)
    {
        using WorkerScratch<double> scratch = new(_world.Ledger, "test");
        Assert.That(() => scratch.Span(0).Length, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("call Prepare"));
        scratch.Prepare(2, 10);
        Assert.That(() => scratch.Span(worker).Length, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("for 2 workers"));
        scratch.Dispose();
        Assert.That(() => scratch.Span(0).Length, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("for 0 workers"));
    }

    [Test]
    public void No_workers_and_negative_lengths_are_refused_and_change_nothing()
    {
        using WorkerScratch<double> scratch = new(_world.Ledger, "test");
        scratch.Prepare(2, 10);
        Assert.That(() => scratch.Prepare(0, 10), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => scratch.Prepare(2, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => scratch.Prepare(2, int.MaxValue), Throws.InstanceOf<OverflowException>());
        Assert.That(scratch.Span(1).Length, Is.EqualTo(10));
    }
}

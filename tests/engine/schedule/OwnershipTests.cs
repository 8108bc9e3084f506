using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Schedules and groups hold their systems as a tree: nothing holds itself, nothing stands twice.</summary>
internal sealed class OwnershipTests
{
    private readonly World _world = World.Create();

    [OneTimeTearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ScheduleDoesNotHoldItself()
    {
        using var schedule = new Schedule<int>("Self");
        Assert.That(() => schedule.Add(schedule), Throws.ArgumentException.With.Message.Contains("hold itself"));
        Assert.That(() => schedule.Chain(System("A"), schedule), Throws.ArgumentException);
        Assert.That(() => schedule.Add(new SystemGroup<int>("Group", new SystemGroup<int>("Inner", schedule))), Throws.ArgumentException);
        schedule.Update(0);
        Assert.That(schedule.Times.Count, Is.Zero, "refused calls leave nothing");
    }

    [Test]
    public void GroupDoesNotHoldItself()
    {
        var group = new SystemGroup<int>("Group");
        Assert.That(() => group.Add(group), Throws.ArgumentException.With.Message.Contains("'Group'"));
        using var schedule = new Schedule<int>("Outer");
        schedule.Add(group);
        Assert.That(() => group.Add(System("A"), schedule), Throws.ArgumentException);
        Assert.That(group.Get<ISystem<int>>, Throws.InvalidOperationException, "none was added");
    }

    [Test]
    public void CircleOfAnyLengthIsRefused([Values(2, 3, 1000, 20_000)] int length)
    {
        SystemGroup<int>[] groups = [.. Enumerable.Range(0, length).Select(i => new SystemGroup<int>("G" + i))];
        for (int i = 1; i < length; i++) groups[i - 1].Add(groups[i]);
        Assert.That(() => groups[^1].Add(groups[0]), Throws.ArgumentException.With.Message.Contains("hold itself"));
    }

    [Test]
    public void CircleThroughAClassOfTheHostIsRefusedWhenItRuns()
    {
        var schedule = new Schedule<int>("Outer");
        schedule.Add(new Wrapper(schedule));
        Assert.That(schedule.Initialize, Throws.InvalidOperationException.With.Message.Contains("running already"));
        Assert.That(() => schedule.BeforeUpdate(0), Throws.InvalidOperationException);
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException);
        Assert.That(() => schedule.AfterUpdate(0), Throws.InvalidOperationException);
        Assert.That(schedule.Dispose, Throws.Nothing);
    }

    [Test]
    public void SystemStandsOnce()
    {
        TestSystem system = System("A");
        using var schedule = new Schedule<int>("First");
        schedule.Add(system);
        using var other = new Schedule<int>("Second");
        Assert.That(() => schedule.Add(system), Throws.ArgumentException);
        Assert.That(() => other.Add(system), Throws.ArgumentException.With.Message.Contains("another instance"));
        Assert.That(() => other.Chain(System("B"), system), Throws.ArgumentException);
        Assert.That(() => new SystemGroup<int>("Group", system), Throws.ArgumentException);
        TestSystem twin = System("C");
        Assert.That(() => new SystemGroup<int>("Group", twin, twin), Throws.ArgumentException);
        Assert.That(() => new SystemGroup<int>("Group", twin).Add(twin), Throws.ArgumentException);
    }

    [Test]
    public void PlainSystemStandsOnceInATree()
    {
        var plain = new Plain();
        using var schedule = new Schedule<int>("Test");
        schedule.Add(plain);
        var group = new SystemGroup<int>("Group");
        schedule.Add(group).After<Plain>();
        group.Add(plain);
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("twice"));
    }

    [Test]
    public void SystemIsFreeWhenItsOwnerHasEnded()
    {
        TestSystem system = System("A");
        var first = new Schedule<int>("First");
        first.Add(system);
        first.Dispose();
        using var second = new Schedule<int>("Second");
        Assert.That(() => second.Add(system), Throws.Nothing);
    }

    [Test]
    public void DisposalReachesEverySystemOnceWhateverOneThrows()
    {
        TestSystem first = System("A");
        TestSystem last = System("B");
        var group = new SystemGroup<int>("Group", first, new Throwing());
        var schedule = new Schedule<int>("Test");
        schedule.Chain(group, last);
        Assert.That(schedule.Dispose, Throws.TypeOf<FormatException>());
        Assert.That(schedule.Dispose, Throws.Nothing);
        Assert.That(group.Dispose, Throws.Nothing);
        Assert.That(first.Calls, Is.EqualTo(new[] { "Dispose" }));
        Assert.That(last.Calls, Is.EqualTo(new[] { "Dispose" }));
    }

    [Test]
    public void EndedScheduleRefusesEverything()
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(System("A"));
        schedule.Update(0);
        schedule.Dispose();
        Assert.That(() => schedule.Update(0), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(schedule.Initialize, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => schedule.BeforeUpdate(0), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => schedule.Add(System("B")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(schedule.Build, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(schedule.Explain(), Does.Contain("1. A"), "what it was may still be asked");
        Assert.That(schedule.Times.Count, Is.EqualTo(1));
    }

    [Test]
    public void ScheduleDoesNotEndInsideItsUpdate([Values(1, 2)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        Schedule<int> schedule = new("Test");
        TestSystem system = new(_world, "A", new Access(), _ =>
        {
            Assert.That(schedule.Dispose, Throws.InvalidOperationException.With.Message.Contains("running already"));
            Assert.That(() => Task.Run(schedule.Dispose).GetAwaiter().GetResult(), Throws.InvalidOperationException);
        });
        schedule.Add(system);
        schedule.Update(0, dispatcher);
        Assert.That(system.Calls, Is.EqualTo(new[] { "Update" }), "not disposed of");
        schedule.Update(0, dispatcher);
        schedule.Dispose();
    }

    [Test]
    public void LongChainIsBuilt()
    {
        const int Length = 3000;
        using var schedule = new Schedule<int>("Long");
        ISystem<int>[] systems = [.. Enumerable.Range(0, Length).Select(i => System("S" + i))];
        var thread = new Thread(() => schedule.Chain(systems).Build(), maxStackSize: 128 << 10);
        thread.Start();
        thread.Join();
        Assert.That(schedule.Explain(), Does.Contain($"longest path {Length}"));
    }

    private TestSystem System(string name) => new(_world, name, Access.Exclusive);

    private class Plain : ISystem<int>
    {
        public void Initialize()
        {
        }

        public void BeforeUpdate(in int state)
        {
        }

        public void Update(in int state)
        {
        }

        public void AfterUpdate(in int state)
        {
        }

        public virtual void Dispose()
        {
        }
    }

    private sealed class Throwing : Plain
    {
        public override void Dispose()
        {
            base.Dispose();
            throw new FormatException("no");
        }
    }

    /// <summary>A system of a host that passes everything on to another.</summary>
    private sealed class Wrapper(ISystem<int> inner) : ISystem<int>
    {
        public void Initialize() => inner.Initialize();

        public void BeforeUpdate(in int state) => inner.BeforeUpdate(in state);

        public void Update(in int state) => inner.Update(in state);

        public void AfterUpdate(in int state) => inner.AfterUpdate(in state);

        public void Dispose() => inner.Dispose();
    }
}

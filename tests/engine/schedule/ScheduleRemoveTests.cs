using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A system is left out of a schedule.</summary>
internal sealed class ScheduleRemoveTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void WhatStoodBeforeStaysBeforeWhatStoodAfter([Values("instance", "handle", "type", "own type")] string by)
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = new Marked<Alpha>(_world, "R");
        SystemHandle<int> handle = schedule.Add(removed), a = schedule.Add(new Marked<Beta>(_world, "A")), b = schedule.Add(new Marked<Gamma>(_world, "B"));
        _ = by switch
        {
            "instance" => (a.Before(removed), b.After(removed)),
            "handle" => (a.Before(handle), b.After(handle)),
            "type" => (a.Before<Marked<Alpha>>(), b.After<Marked<Alpha>>()),
            _ => (handle.After<Marked<Beta>>(), handle.Before<Marked<Gamma>>()),
        };
        schedule.Remove<Marked<Alpha>>();
        Assert.That(removed.Calls, Is.EqualTo(new[] { "Dispose" }));
        Assert.That(schedule.Contains<Marked<Alpha>>(), Is.False);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
        schedule.Dispose();
        Assert.That(removed.Calls, Is.EqualTo(new[] { "Dispose" }));
    }

    [Test]
    public void SeveralInARowLeaveTheirEndsInOrder()
    {
        using var schedule = new Schedule<int>("Field");
        ISystem<int>[] systems = [.. Enumerable.Range(0, 6).Select(i => System("S" + i))];
        schedule.Chain(systems);
        schedule.Remove(systems[2]).Remove(systems[4]).Remove(systems[3]).Remove(systems[0]);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("S1", "S5") }));
    }

    [Test]
    public void CircleThatItClosedGoesWithIt()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem a = System("A"), b = System("B"), c = System("C"), removed = System("R"), other = System("S");
        schedule.Chain(a, b, c);
        schedule.Chain(c, removed, a);
        schedule.Chain(c, other, b);
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("cycle"));
        schedule.Remove(removed).Remove(other);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B"), ("A", "C"), ("B", "C") }));
    }

    [Test]
    public void OfTwoThatContradictEachOtherTheEndsOfTheFirstKeepTheirOrder()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem a = System("A"), b = System("B"), first = System("R"), second = System("S");
        schedule.Chain(a, first, b);
        schedule.Chain(b, second, a);
        schedule.Remove(first).Remove(second);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
    }

    [Test]
    public void OneThatCameBeforeAndAfterItIsNotBeforeItself()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = System("R"), a = System("A");
        schedule.Chain(a, removed, a);
        schedule.Remove(removed);
        Assert.That(schedule.Build, Throws.Nothing);
        using var own = new Schedule<int>("Own");
        TestSystem b = System("B");
        own.Add(b).After(b);
        Assert.That(own.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("cycle: B -> B"), "that one was asked for");
    }

    [Test]
    public void ReplacedOneIsRemovedByInstanceHandleAndType()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem a = new Marked<Alpha>(_world, "A"), a2 = System("A2"), b = new Marked<Beta>(_world, "B"), b2 = System("B2");
        schedule.Chain(System("First"), a, b, System("Last"));
        schedule.Replace(a, a2);
        schedule.Replace(b, b2);
        schedule.Remove(a).Remove<Marked<Beta>>();
        Assert.That(a2.Calls.Concat(b2.Calls), Is.EqualTo(new[] { "Dispose", "Dispose" }));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("First", "Last") }));
    }

    [Test]
    public void LaterOrdersWithItAreRefusedByBuild([Values("instance", "handle", "type", "its own")] string by)
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = new Marked<Alpha>(_world, "R");
        SystemHandle<int> handle = schedule.Add(removed), a = schedule.Add(System("A"));
        schedule.Remove(removed);
        _ = by switch
        {
            "instance" => a.After(removed),
            "handle" => a.Before(handle),
            "type" => a.After<Marked<Alpha>>(),
            _ => handle.Before(a),
        };
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("'R'").And.Message.Contains("removed"));
    }

    [Test]
    public void ItDoesNotComeBack()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = System("R");
        schedule.Add(removed);
        schedule.Remove(removed);
        Assert.That(() => schedule.Add(removed), Throws.ArgumentException.With.Message.Contains("removed from it and disposed of; give another instance"));
        Assert.That(() => schedule.Chain(System("A"), removed), Throws.ArgumentException.With.Message.Contains("removed from it"));
        Assert.That(() => schedule.Remove(removed), Throws.ArgumentException.With.Message.Contains("removed from schedule 'Field' already"));
        Assert.That(schedule.Remove<TestSystem>, Throws.TypeOf<ScheduleException>().With.Message.Contains("no TestSystem: 'R' was removed"));
        Assert.That(schedule.Systems, Is.Empty, "refused calls leave nothing");
    }

    [Test]
    public void WhatItAskedForNeedNotBeThere()
    {
        using var schedule = new Schedule<int>("Field");
        SystemHandle<int> handle = schedule.Add(System("R")).After<Contract>().Before(System("Never")).After<Marked<Alpha>>();
        schedule.Chain(new Marked<Alpha>(_world, "A"), new Marked<Alpha>(_world, "B"));
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>());
        schedule.Remove(handle.System);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
    }

    [Test]
    public void WhatItCameBeforeMayBeAddedLater()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem late = System("Late");
        SystemHandle<int> handle = schedule.Add(System("R")).Before(late).Before<Contract>();
        schedule.Add(System("A")).Before(handle);
        schedule.Remove(handle.System);
        schedule.Add(late);
        schedule.Add(new Implementation<double>(_world));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "Late"), ("A", "Implementation") }));
    }

    [Test]
    public void OrderByItsTypeKeepsWhatItMeantAndHoldsForALaterOne()
    {
        using var schedule = new Schedule<int>("Field");
        SystemHandle<int> removed = schedule.Add(new Marked<Alpha>(_world, "R"));
        schedule.Add(System("A")).Before<Marked<Alpha>>();
        schedule.Add(System("B")).After(removed);
        schedule.Remove(removed.System);
        schedule.Add(new Marked<Alpha>(_world, "R2"));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B"), ("A", "R2") }));
    }

    [Test]
    public void OrderByItsTypeIsRefusedWhenThereAreSeveralLaterOnes()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = new Marked<Alpha>(_world, "R");
        schedule.Add(removed);
        schedule.Add(System("A")).Before<Marked<Alpha>>();
        schedule.Remove(removed);
        schedule.Chain(new Marked<Alpha>(_world, "R2"), new Marked<Alpha>(_world, "R3"));
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("orders 'A' before Marked<Alpha>, but has several")
            .And.Message.Contains("'R2', 'R3'"));
    }

    [Test]
    public void WhatItAskedForByTypeStaysTheSameWhateverIsAddedLater()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = System("R");
        schedule.Add(new Marked<Alpha>(_world, "A"));
        schedule.Add(removed).After<Marked<Alpha>>();
        schedule.Add(System("B")).After(removed);
        schedule.Remove(removed);
        schedule.Add(new Marked<Alpha>(_world, "Later"));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
    }

    [Test]
    public void TypeOfSeveralMeansTheOneThatIsLeft()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem removed = new Marked<Alpha>(_world, "R");
        schedule.Add(removed);
        schedule.Add(new Marked<Alpha>(_world, "Left"));
        schedule.Add(System("A")).After<Marked<Alpha>>();
        schedule.Remove(removed);
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("Left", "A") }));
    }

    [Test]
    public void WhatDisposalThrowsIsToldWhenItIsOut()
    {
        using var schedule = new Schedule<int>("Field");
        var removed = new PlainSystem { Thrown = new FormatException("no") };
        schedule.Chain(System("A"), removed, System("B"));
        Assert.That(schedule.Remove<PlainSystem>, Throws.TypeOf<FormatException>());
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
        schedule.Dispose();
        Assert.That(removed.Disposals, Is.EqualTo(1));
    }

    private TestSystem System(string name) => new(_world, name, new Access());
}

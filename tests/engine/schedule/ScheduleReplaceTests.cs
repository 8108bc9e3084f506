using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A system takes another's place in a schedule.</summary>
internal sealed class ScheduleReplaceTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void EveryOrderWithTheOldOneHoldsForTheNewOne([Values] bool isGivenBefore, [Values("instance", "handle", "type")] string by)
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem old = new Marked<Alpha>(_world, "Old");
        SystemHandle<int> handle = schedule.Add(old);
        if (!isGivenBefore) schedule.Replace<Marked<Alpha>>(System("New"));
        SystemHandle<int> first = schedule.Add(System("First")), last = schedule.Add(System("Last"));
        _ = by switch
        {
            "instance" => (first.Before(old), last.After(old)),
            "handle" => (handle.After(first), handle.Before(last)),
            _ => (first.Before<Marked<Alpha>>(), last.After<Marked<Alpha>>()),
        };
        if (isGivenBefore) schedule.Replace(old, System("New"));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("First", "New"), ("New", "Last"), ("First", "Last") }));
    }

    [Test]
    public void ChainWithTheOldOneMeansTheNewOne()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem old = System("Old");
        schedule.Add(old);
        schedule.Replace(old, System("New"));
        schedule.Chain(System("First"), old, System("Last"));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("First", "New"), ("New", "Last"), ("First", "Last") }));
    }

    [Test]
    public void NewOneStandsForTheTypesOfAllThatWereReplaced()
    {
        using var schedule = new Schedule<int>("Field");
        SystemHandle<int> handle = schedule.Add(new Implementation<double>(_world));
        schedule.Replace<Contract>(new Marked<Alpha>(_world, "Second"));
        TestSystem third = new Marked<Beta>(_world, "Third");
        SystemHandle<int> same = schedule.Replace<Contract>(third);
        Assert.That(handle.System, Is.SameAs(third));
        Assert.That(same.System, Is.SameAs(third));
        Assert.That(schedule.Contains<Contract>());
        Assert.That(schedule.Get<Marked<Beta>>(), Is.SameAs(third));
        Assert.That(schedule.Get<Contract>, Throws.TypeOf<ScheduleException>()
            .With.Message.EqualTo("Schedule 'Field' has 'Third' (in the place of 'Implementation'), which is no Contract; get it by its own type."));
        schedule.Add(System("A")).Before<Implementation<double>>();
        schedule.Add(System("B")).After<Contract>();
        schedule.Add(System("C")).After<Marked<Alpha>>().After<Marked<Beta>>();
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "Third"), ("A", "B"), ("A", "C"), ("Third", "B"), ("Third", "C") }));
    }

    [Test]
    public void StandInBesideAnotherOfTheTypeIsRefused()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new Marked<Alpha>(_world, "Old"));
        schedule.Replace<Marked<Alpha>>(new Marked<Beta>(_world, "New"));
        schedule.Add(new Marked<Alpha>(_world, "Other"));
        Assert.That(schedule.Get<Marked<Alpha>>, Throws.TypeOf<ScheduleException>()
            .With.Message.Contains("'New' (in the place of 'Old'), 'Other'"));
    }

    [Test]
    public void OldOneIsDisposedOfAndNewOneOwned()
    {
        TestSystem old = System("Old"), replacement = System("New");
        var schedule = new Schedule<int>("Field");
        schedule.Add(old);
        schedule.Replace(old, replacement);
        Assert.That(old.Calls, Is.EqualTo(new[] { "Dispose" }));
        using var other = new Schedule<int>("Other");
        Assert.That(() => other.Add(replacement), Throws.ArgumentException.With.Message.Contains("'New' is in"));
        schedule.Initialize();
        schedule.Update(0);
        Assert.That(schedule.Times["New"].Units, Is.Zero, "times know it by its name");
        schedule.Dispose();
        Assert.That(old.Calls, Is.EqualTo(new[] { "Dispose" }));
        Assert.That(replacement.Calls, Is.EqualTo(new[] { "Initialize", "Update", "Dispose" }));
    }

    [Test]
    public void PlaceOfTheOldOneIsKeptInEverythingThatExplainTells()
    {
        string Explained(bool replaced)
        {
            using var schedule = new Schedule<int>("Field");
            schedule.Add(System("First", new Access().Write<Alpha>()));
            schedule.Add(System(replaced ? "Old" : "New", new Access().Read<Alpha>().Write<Gamma>())).After(schedule.Systems[0]);
            schedule.Add(System("Beside", new Access().Read<Alpha>().Write<Beta>())).After(schedule.Systems[0]);
            if (replaced) schedule.Replace(schedule.Systems[1], System("New", new Access().Read<Alpha>().Write<Gamma>()));
            return schedule.Explain();
        }
        Assert.That(Explained(true), Is.EqualTo(Explained(false)));
    }

    [Test]
    public void WhatIsRefusedChangesNothing()
    {
        TestSystem a = new Marked<Alpha>(_world, "A"), b = new Marked<Beta>(_world, "B"), gone = System("Gone"), removed = System("Removed"), taken = System("Taken");
        using var schedule = new Schedule<int>("Field");
        using var outer = new Schedule<int>("Outer");
        using var other = new Schedule<int>("Other");
        other.Add(taken);
        outer.Add(schedule);
        schedule.Chain(gone, b, removed);
        schedule.Replace(gone, a);
        schedule.Remove(removed);
        ISystem<int>[] before = [.. schedule.Systems];
        void Refused(ISystem<int> system, string why)
        {
            Assert.That(() => schedule.Replace(a, system), Throws.ArgumentException.With.Message.Contains(why));
            Assert.That(() => schedule.Replace<Marked<Alpha>>(system), Throws.ArgumentException.With.Message.Contains(why));
        }
        Refused(a, "'A' is in schedule 'Field' already");
        Refused(b, "'B' is in schedule 'Field' already");
        Refused(taken, "'Taken' is in schedule 'Other' already");
        Refused(gone, "replaced in it by 'A' and disposed of");
        Refused(removed, "removed from it and disposed of");
        Refused(schedule, "hold itself");
        Refused(outer, "hold itself");
        Assert.That(() => schedule.Add(gone), Throws.ArgumentException.With.Message.Contains("replaced in it by 'A'"));
        Assert.That(() => schedule.Replace(System("Stranger"), System("New")), Throws.ArgumentException.With.Message.Contains("doesn't have 'Stranger'; it has A, B"));
        Assert.That(() => schedule.Replace(removed, System("New")), Throws.ArgumentException.With.Message.Contains("removed"));
        Assert.That(() => schedule.Replace<Contract>(System("New")), Throws.TypeOf<ScheduleException>());
        Assert.That(() => schedule.Replace<TestSystem>(System("New")), Throws.TypeOf<ScheduleException>());
        Assert.That(schedule.Systems, Is.EqualTo(before));
        Assert.That(a.Calls.Concat(b.Calls).Concat(taken.Calls), Is.Empty, "nothing was disposed of");
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
    }

    [Test]
    public void NewOneDoesNotHoldTheOldOne()
    {
        var plain = new PlainSystem();
        using var schedule = new Schedule<int>("Field");
        schedule.Add(plain);
        using var group = new SystemGroup<int>("Group", plain);
        Assert.That(() => schedule.Replace(plain, group), Throws.ArgumentException.With.Message.Contains("'Group' holds"));
        Assert.That(plain.Disposals, Is.Zero);
    }

    [Test]
    public void WhatDisposalThrowsIsToldWhenTheNewOneStands()
    {
        using var schedule = new Schedule<int>("Field");
        var old = new PlainSystem { Thrown = new FormatException("no") };
        TestSystem replacement = System("New");
        schedule.Add(old);
        Assert.That(() => schedule.Replace(old, replacement), Throws.TypeOf<FormatException>());
        Assert.That(schedule.Systems, Is.EqualTo(new[] { replacement }));
        Assert.That(() => schedule.Add(replacement), Throws.ArgumentException);
        schedule.Dispose();
        Assert.That(old.Disposals, Is.EqualTo(1));
    }

    [Test]
    public void BuiltScheduleIsNotChanged()
    {
        TestSystem system = System("A");
        using var schedule = new Schedule<int>("Field");
        SystemHandle<int> handle = schedule.Add(system);
        schedule.Build();
        const string Message = "built already; add, replace, remove and order systems before Build";
        Assert.That(() => schedule.Replace<TestSystem>(System("B")), Throws.InvalidOperationException.With.Message.Contains(Message));
        Assert.That(() => schedule.Replace(system, System("B")), Throws.InvalidOperationException.With.Message.Contains(Message));
        Assert.That(schedule.Remove<TestSystem>, Throws.InvalidOperationException.With.Message.Contains(Message));
        Assert.That(() => schedule.Remove(system), Throws.InvalidOperationException.With.Message.Contains(Message));
        Assert.That(handle.After<TestSystem>, Throws.InvalidOperationException.With.Message.Contains(Message));
        Assert.That(schedule.Get<TestSystem>(), Is.SameAs(system), "but one may look around");
        Assert.That(system.Calls, Is.Empty);
        schedule.Dispose();
        Assert.That(() => schedule.Replace(system, System("B")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => schedule.Remove(system), Throws.TypeOf<ObjectDisposedException>());
    }

    private TestSystem System(string name, Access? access = null) => new(_world, name, access ?? new Access());
}

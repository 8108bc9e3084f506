using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Systems of a group are replaced and left out.</summary>
internal sealed class GroupChangeTests
{
    private readonly List<string> _ran = [];
    private World _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = World.Create();
        _ran.Clear();
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void NewOneRunsInTheOldOnesPlace()
    {
        TestSystem a = System("A"), b = System("B"), b2 = System("B2"), b3 = System("B3"), c = System("C");
        using var group = new SystemGroup<int>("Group", a, b, c);
        group.Replace(b, b2).Replace(b2, b3).Update(0);
        Assert.That(_ran, Is.EqualTo(new[] { "A", "B3", "C" }));
        Assert.That(b.Calls.Concat(b2.Calls), Is.EqualTo(new[] { "Dispose", "Dispose" }));
        using var other = new SystemGroup<int>("Other");
        Assert.That(() => other.Add(b3), Throws.ArgumentException.With.Message.Contains("'B3' is in 'Group'"));
    }

    [Test]
    public void TypeMeansTheOneSystemOfIt()
    {
        using var group = new SystemGroup<int>("Group", System("A"), new Implementation<double>(_world), new Marked<Alpha>(_world, "M"));
        group.Replace<Contract>(System("B")).Remove<Marked<Alpha>>().Update(0);
        Assert.That(_ran, Is.EqualTo(new[] { "A", "B" }));
        Assert.That(group.Remove<Contract>, Throws.TypeOf<ScheduleException>().With.Message.EqualTo("Group 'Group' has no Contract; it has A, B."));
        Assert.That(() => group.Replace<TestSystem>(System("C")), Throws.TypeOf<ScheduleException>().With.Message.Contains("several that TestSystem may mean: A, B."));
    }

    [Test]
    public void RemovedOneIsDisposedOfAndNoLongerDeclared()
    {
        TestSystem a = new(_world, "A", new Access().Read<Alpha>()), b = new(_world, "B", new Access().Write<Beta>());
        using var group = new SystemGroup<int>("Group", a, b);
        group.Remove(b);
        Assert.That(group.Access.ToString(), Is.EqualTo("reads Alpha"));
        Assert.That(b.Calls, Is.EqualTo(new[] { "Dispose" }));
        Assert.That(a.Calls, Is.Empty);
    }

    [Test]
    public void WhatIsRefusedChangesNothing()
    {
        TestSystem a = System("A"), b = System("B"), taken = System("Taken");
        using var other = new SystemGroup<int>("Other", taken);
        using var group = new SystemGroup<int>("Group", a, b);
        var plain = new PlainSystem();
        group.Add(plain);
        using var holder = new SystemGroup<int>("Holder", plain);
        Assert.That(() => group.Replace(a, b), Throws.ArgumentException);
        Assert.That(() => group.Replace(a, a), Throws.ArgumentException);
        Assert.That(() => group.Replace(a, taken), Throws.ArgumentException.With.Message.Contains("is in 'Other'"));
        Assert.That(() => group.Replace(a, group), Throws.ArgumentException.With.Message.Contains("hold itself"));
        Assert.That(() => group.Replace(plain, holder), Throws.ArgumentException.With.Message.Contains("'Holder' holds"));
        Assert.That(() => group.Replace(a, null!), Throws.ArgumentNullException);
        Assert.That(() => group.Replace(null!, System("C")), Throws.ArgumentNullException);
        Assert.That(() => group.Remove(taken), Throws.ArgumentException.With.Message.Contains("doesn't have 'Taken'; it has A, B, PlainSystem"));
        group.Update(0);
        Assert.That(_ran, Is.EqualTo(new[] { "A", "B" }));
        Assert.That(plain.Disposals, Is.Zero);
        Assert.That(a.Calls, Is.EqualTo(new[] { "Update" }));
    }

    [Test]
    public void GroupOfABuiltScheduleIsNotChanged()
    {
        TestSystem a = System("A");
        var inner = new SystemGroup<int>("Inner", a);
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new SystemGroup<int>("Outer", inner));
        inner.Add(System("B"));
        schedule.Build();
        Assert.That(() => inner.Add(System("C")), Throws.InvalidOperationException.With.Message.Contains("Schedule 'Field' is built already"));
        Assert.That(() => inner.Replace(a, System("C")), Throws.InvalidOperationException.With.Message.Contains("built already"));
        Assert.That(() => inner.Replace<TestSystem>(System("C")), Throws.InvalidOperationException.With.Message.Contains("built already"));
        Assert.That(() => inner.Remove(a), Throws.InvalidOperationException.With.Message.Contains("built already"));
        Assert.That(inner.Remove<TestSystem>, Throws.InvalidOperationException.With.Message.Contains("built already"));
        Assert.That(a.Calls, Is.Empty);
        schedule.Dispose();
        Assert.That(() => inner.Remove(a), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void WhatDisposalThrowsIsToldWhenTheChangeIsMade()
    {
        PlainSystem first = new() { Thrown = new FormatException("no") }, second = new() { Thrown = new FormatException("no") };
        using var group = new SystemGroup<int>("Group", first, second);
        Assert.That(() => group.Replace(first, System("A")), Throws.TypeOf<FormatException>());
        Assert.That(() => group.Remove(second), Throws.TypeOf<FormatException>());
        group.Update(0);
        Assert.That(_ran, Is.EqualTo(new[] { "A" }));
        group.Dispose();
        Assert.That((first.Disposals, second.Disposals), Is.EqualTo((1, 1)));
    }

    private TestSystem System(string name) => new(_world, name, new Access(), _ => _ran.Add(name));
}

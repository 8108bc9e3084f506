using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Orders that name a system by its type, and what a schedule tells of the systems that it has.</summary>
internal sealed class ScheduleOrderTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void TypeMeansTheOneSystemOfItOrOfAContractThatItMeetsEvenIfAddedLater()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new TestSystem(_world, "Last", new Access())).After<Contract>();
        schedule.Add(new TestSystem(_world, "First", new Access())).Before<Contract>().After<Marked<Alpha>>();
        schedule.Add(new Implementation<double>(_world));
        schedule.Add(new Marked<Alpha>(_world, "A"));
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[]
        {
            ("A", "First"), ("A", "Implementation"), ("A", "Last"), ("First", "Implementation"), ("First", "Last"), ("Implementation", "Last"),
        }));
    }

    [Test]
    public void SystemOrderedByItsOwnTypeMeansTheOther()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new Marked<Alpha>(_world, "A"));
        schedule.Add(new Marked<Alpha>(_world, "B")).After<Marked<Alpha>>();
        Assert.That(ExplainedOrder.Of(schedule), Is.EquivalentTo(new[] { ("A", "B") }));
    }

    [Test]
    public void TypeOfNoSystemIsRefusedWithWhatIsThere()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new Marked<Alpha>(_world, "A")).After<Contract>();
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.EqualTo(
            "Schedule 'Field' orders 'A' after Contract, but has no Contract: it has A. Add one before Build, or name what is there."));
        Assert.That(schedule.Get<Contract>, Throws.TypeOf<ScheduleException>().With.Message.EqualTo(
            "Schedule 'Field' has no Contract: it has A. Add one before Build, or name what is there."));
        Assert.That(schedule.Contains<Contract>(), Is.False);
        schedule.Add(new Implementation<double>(_world));
        Assert.That(schedule.Build, Throws.Nothing, "what was missing can be put right");
    }

    [Test]
    public void TypeOfSeveralSystemsIsRefusedWithTheirNames()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Chain(new Marked<Alpha>(_world, "A"), new Marked<Beta>(_world, "B"));
        schedule.Add(new Implementation<double>(_world)).Before<TestSystem>();
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.EqualTo(
            "Schedule 'Field' orders 'Implementation' before TestSystem, but has several that TestSystem may mean: 'A', 'B'. "
            + "Name a type that only one of them is, or give its instance."));
        Assert.That(schedule.Get<TestSystem>, Throws.TypeOf<ScheduleException>().With.Message.Contains("'A', 'B'"));
        Assert.That(schedule.Contains<TestSystem>());
    }

    [Test]
    public void SystemInsideOfAGroupIsTold()
    {
        using var schedule = new Schedule<int>("Field");
        var inner = new Marked<Beta>(_world, "Inner");
        schedule.Add(new SystemGroup<int>("Group", inner));
        SystemHandle<int> handle = schedule.Add(new Marked<Alpha>(_world, "A")).After<Marked<Beta>>();
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("'Inner' is inside of 'Group'"));
        Assert.That(schedule.Get<Marked<Beta>>, Throws.TypeOf<ScheduleException>().With.Message.Contains("'Inner' is inside of 'Group'"));
        Assert.That(() => schedule.Remove(inner), Throws.ArgumentException.With.Message.Contains("'Inner' is inside of 'Group'"));
        schedule.Remove(handle.System);
        schedule.Add(new Marked<Alpha>(_world, "B")).After(inner);
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("'Inner' is inside of 'Group'"));
    }

    [Test]
    public void HandleOfAnotherScheduleIsRefused()
    {
        using var schedule = new Schedule<int>("Field");
        using var other = new Schedule<int>("Other");
        SystemHandle<int> foreign = other.Add(new Marked<Beta>(_world, "B"));
        schedule.Add(new Marked<Alpha>(_world, "A")).After(foreign);
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("'B', which is not in it; it has A"));
    }

    [Test]
    public void NullIsNoSystem()
    {
        using var schedule = new Schedule<int>("Field");
        SystemHandle<int> handle = schedule.Add(new Marked<Alpha>(_world, "A"));
        Assert.That(() => handle.After((ISystem<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.After((SystemHandle<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.Before((ISystem<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => handle.Before((SystemHandle<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => schedule.Replace(null!, new Marked<Alpha>(_world, "B")), Throws.ArgumentNullException);
        Assert.That(() => schedule.Replace(handle.System, null!), Throws.ArgumentNullException);
        Assert.That(() => schedule.Replace<TestSystem>(null!), Throws.ArgumentNullException);
        Assert.That(() => schedule.Remove(null!), Throws.ArgumentNullException);
        Assert.That(schedule.Build, Throws.Nothing);
    }

    [Test]
    public void SystemsAreListedInOrderOfAddition()
    {
        using var schedule = new Schedule<int>("Field");
        TestSystem a = new Marked<Alpha>(_world, "A"), b = new Marked<Beta>(_world, "B"), c = new Marked<Gamma>(_world, "C"), d = new Marked<Delta>(_world, "D");
        schedule.Chain(a, b, c);
        IReadOnlyList<ISystem<int>> before = schedule.Systems;
        schedule.Replace(a, d);
        schedule.Remove(b);
        Assert.That(schedule.Systems, Is.EqualTo(new ISystem<int>[] { d, c }));
        Assert.That(before, Is.EqualTo(new ISystem<int>[] { a, b, c }), "as they were then");
        Assert.That(schedule.Get<Marked<Gamma>>(), Is.SameAs(c));
    }

    [Test]
    public void RemedyOfAConflictNamesATypeThatMeansTheSystemAlone()
    {
        using var schedule = new Schedule<int>("Field");
        schedule.Add(new Implementation<double>(_world, new Access().Write<Alpha>()));
        schedule.Add(new OwnSystem(_world));
        schedule.Add(new TestSystem(_world, "Last", new Access().Write<Alpha>()));
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>()
            .With.Message.Contains("'Implementation' writes Alpha and 'Own' writes it: say which comes first, as in Add(...).After<Contract>(), or")
            .And.Message.Contains("'Own' writes Alpha and 'Last' writes it: say which comes first, as in Add(...).After<OwnSystem>(), or"));
        schedule.Add(new Implementation<float>(_world, new Access()));
        Assert.That(schedule.Build, Throws.TypeOf<ScheduleException>().With.Message.Contains("two systems named 'Implementation'"));
    }

    private sealed class OwnSystem(World world) : TestSystem(world, "Own", new Access().Write<Alpha>());
}

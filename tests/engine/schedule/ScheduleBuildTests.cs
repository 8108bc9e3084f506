using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a schedule refuses to build, and how it prints itself.</summary>
internal sealed class ScheduleBuildTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void UnorderedWriteAndReadIsRefusedWithTheRemedy()
    {
        var schedule = new Schedule<int>("Field");
        schedule.Add(System("P2M", new Access().Write<Alpha>()));
        schedule.Add(System("M2M", new Access().Gather<Alpha>().Write<Beta>()));
        Assert.That(() => schedule.Build(), Throws.TypeOf<ScheduleException>().With.Message.EqualTo(
            "Schedule 'Field' can't be built: 1 pair of systems touches the same data without an order.\n"
            + "  'P2M' writes Alpha and 'M2M' gathers it: say which comes first, as in Add(...).After(the instance of 'P2M'), or put both into one Chain."));
    }

    [Test]
    public void UnorderedWritesOfAResourceOrBlockAreRefused()
    {
        var schedule = new Schedule<int>("Field");
        schedule.Add(System("A", new Access().WriteResource<List<int>>().WriteBlock<Tag, float>()));
        schedule.Add(System("B", new Access().WriteResource<List<int>>()));
        schedule.Add(System("C", new Access().ReadBlock<Tag, float>()));
        Assert.That(() => schedule.Build(), Throws.TypeOf<ScheduleException>()
            .With.Message.Contains("2 pairs").And.Message.Contains("List<Int32>").And.Message.Contains("Tag[Single]"));
    }

    [Test]
    public void ReadersOfTheSameDataNeedNoOrder()
    {
        var schedule = new Schedule<int>("Field");
        schedule.Add(System("A", new Access().Read<Alpha>().Write<Beta>()));
        schedule.Add(System("B", new Access().Gather<Alpha>().Write<Gamma>()));
        Assert.That(() => schedule.Build(), Throws.Nothing);
    }

    [Test]
    public void OrderThroughOthersIsEnough()
    {
        var schedule = new Schedule<int>("Field");
        SystemHandle<int> first = schedule.Add(System("A", new Access().Write<Alpha>()));
        SystemHandle<int> second = schedule.Add(System("B", new Access())).After(first);
        schedule.Add(System("C", new Access().Read<Alpha>())).After(second);
        Assert.That(() => schedule.Build(), Throws.Nothing);
    }

    [Test]
    public void SystemWithoutDeclarationNeedsAnOrderWithAll()
    {
        var schedule = new Schedule<int>("Field");
        schedule.Add(System("A", new Access().Read<Alpha>()));
        schedule.Add(new SystemGroup<int>("G", new Plain()));
        Assert.That(() => schedule.Build(), Throws.TypeOf<ScheduleException>().With.Message.Contains(
            "  'G' declares no access, so that it may touch all that 'A' does: override Access to tell what it touches, or say which comes first, as in "
            + "Add(...).After<TestSystem>(), or put both into one Chain."));
    }

    [Test]
    public void CycleIsNamed()
    {
        var schedule = new Schedule<int>("Field");
        TestSystem last = System("C", new Access());
        SystemHandle<int> first = schedule.Add(System("A", new Access())).After(last);
        SystemHandle<int> second = schedule.Add(System("B", new Access())).After(first);
        schedule.Add(last).After(second);
        Assert.That(() => schedule.Build(), Throws.TypeOf<ScheduleException>().With.Message.Contains("A -> B -> C -> A"));
    }

    [Test]
    public void UnknownSystemsAndDoubleNamesAreRefused()
    {
        var unknown = new Schedule<int>("Field");
        unknown.Add(System("A", new Access())).After(System("Z", new Access()));
        Assert.That(() => unknown.Build(), Throws.TypeOf<ScheduleException>().With.Message.Contains("'Z'").And.Message.Contains("it has A"));
        var twice = new Schedule<int>("Field");
        twice.Add(System("A", new Access()));
        twice.Add(System("A", new Access()));
        Assert.That(() => twice.Build(), Throws.TypeOf<ScheduleException>().With.Message.Contains("two systems named 'A'"));
    }

    [Test]
    public void AddingToABuiltScheduleOrTwiceIsRefused()
    {
        var schedule = new Schedule<int>("Field");
        TestSystem system = System("A", new Access());
        schedule.Add(system);
        Assert.That(() => schedule.Add(system), Throws.ArgumentException);
        schedule.Build();
        Assert.That(() => schedule.Add(System("B", new Access())), Throws.InvalidOperationException);
    }

    [Test]
    public void ExplainIsTheSameTextAlways()
    {
        var schedule = new Schedule<int>("Field");
        TestSystem sort = System("Sort", new Access().Create<Alpha>());
        TestSystem sum = System("Sum", new Access().ReadBlock<Tag, float>().Read<Delta>().WriteResource<List<int>>());
        schedule.Add(System("Near", new Access().Gather<Alpha>().Write<Delta>())).After(sort).Before(sum);
        schedule.Chain(
            sort,
            System("Up", new Access().Read<Alpha>().Write<Beta>()),
            System("Down", new Access().Gather<Beta>().WriteBlock<Tag, float>()),
            sum);
        // An order that follows from others is left out.
        schedule.Add(System("Log", Access.Exclusive)).After(sum).After(sort);
        Assert.That(schedule.Explain(), Is.EqualTo(
            """
            schedule Field: 6 systems, 6 orders, longest path 5
            1. Sort (5 to the end)
                 after   -
                 beside  -
                 access  creates Alpha
            2. Up (4 to the end)
                 after   Sort
                 beside  Near
                 access  reads Alpha; writes Beta
            3. Near (3 to the end)
                 after   Sort
                 beside  Up, Down
                 access  gathers Alpha; writes Delta
            4. Down (3 to the end)
                 after   Up
                 beside  Near
                 access  gathers Beta; writes Tag[Single]
            5. Sum (2 to the end)
                 after   Near, Down
                 beside  -
                 access  reads Delta, Tag[Single]; writes List<Int32>
            6. Log (1 to the end)
                 after   Sum
                 beside  -
                 access  exclusive

            """));
    }

    [Test]
    public void LifecycleFansOutInBuiltOrder()
    {
        TestSystem first = System("First", new Access());
        TestSystem second = System("Second", new Access());
        var schedule = new Schedule<int>("Field");
        schedule.Add(second).After(first);
        schedule.Add(first);
        schedule.Initialize();
        schedule.BeforeUpdate(0);
        schedule.Update(0);
        schedule.AfterUpdate(0);
        schedule.Dispose();
        string[] expected = ["Initialize", "BeforeUpdate", "Update", "AfterUpdate", "Dispose"];
        Assert.That(first.Calls, Is.EqualTo(expected));
        Assert.That(second.Calls, Is.EqualTo(expected));
    }

    private TestSystem System(string name, Access access) => new(_world, name, access);

    private sealed class Plain : ISystem<int>
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

        public void Dispose()
        {
        }
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a running system may touch. These hold in every configuration: nothing here is an assertion of Debug.</summary>
internal sealed class AccessTests
{
    private World _world = null!;
    private Entity _entity;

    [SetUp]
    public void MakeWorld()
    {
        _world = World.Create();
        _entity = _world.Create(new Alpha(), new Beta());
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void UndeclaredReadIsRefusedWithTheLineToAdd()
    {
        UndeclaredAccessException exception = Refused(new Access().Write<Beta>(), step => First(step).Read<Alpha>());
        Assert.That(exception.Message, Is.EqualTo("System 'Probe' reads Alpha, which it has not declared. Add .Read<Alpha>() to its Access."));
        Assert.That(exception.SystemName, Is.EqualTo("Probe"));
        Assert.That(exception.ComponentName, Is.EqualTo("Alpha"));
    }

    [Test]
    public void WritingWhatIsOnlyReadIsRefused()
    {
        Access access = new Access().Read<Alpha>().Gather<Beta>();
        Assert.That(Refused(access, step => First(step).Write<Alpha>()).Message, Does.Contain(".Write<Alpha>()"));
        Refused(access, step => First(step).GetSpan<Beta>());
        Refused(access, step => First(step).GetFirst<Beta>());
        Refused(access, step => step.World.Get<Alpha>(_entity));
        Refused(access, step => step.World.Set(_entity, new Alpha()));
        Refused(access, step => step.World.Query(new QueryDescription().WithAll<Alpha>(), (ref Alpha _) => { }));
    }

    [Test]
    public void DeclaredAccessIsAllowed()
    {
        Allowed(new Access().Read<Alpha>(), step => First(step).Read<Alpha>());
        Allowed(new Access().Gather<Alpha>(), step => step.World.Read<Alpha>(_entity));
        Allowed(new Access().Write<Alpha>(), step => First(step).Read<Alpha>());
        Allowed(new Access().Write<Alpha>(), step => First(step).Write<Alpha>());
        Allowed(new Access().Create<Alpha>(), step => First(step).Write<Alpha>());
        Allowed(Access.Exclusive, step => step.World.Add(_entity, new Delta()));
    }

    [Test]
    public void WhatAQueryNamesIsDeclaredByIt()
    {
        QueryDescription query = new QueryDescription().WithAll<Alpha>().WithAny<Beta>().WithNone<Gamma>().WithBlock<Tag, float>();
        Assert.That(new Access().Gather(in query).ToString(), Is.EqualTo("gathers Alpha, Beta, Tag[Single]"));
        Assert.That(new Access().Read(in query).Write<Alpha>().ToString(), Is.EqualTo("reads Beta, Tag[Single]; writes Alpha"));
        Access access = new Access().Gather(new QueryDescription().WithAll<Alpha>());
        Allowed(access, step => First(step).Read<Alpha>());
        Refused(access, step => First(step).Write<Alpha>());
        Refused(access, step => First(step).Read<Beta>());
    }

    [Test]
    public void ADeclarationKeepsTheQueriesThatItWasMadeFrom()
    {
        QueryDescription first = new QueryDescription().WithAll<Alpha>(), second = new QueryDescription().WithAll<Beta>();
        Access access = new Access().Gather(in first).Write<Gamma>();
        Assert.That(access.Queries.ToArray(), Is.EqualTo(new[] { first }));
        Assert.That(access.Union(new Access().Read(in second).Read(in first)).Queries.ToArray(), Is.EqualTo(new[] { first, second }));
        Assert.That(Access.Exclusive.Gather(in first).IsExclusive, Is.True);
        Assert.That(new Access().Read<Alpha>().Queries.ToArray(), Is.Empty);
    }

    [Test]
    public void UndeclaredAccessInAUnitIsRefusedOnEveryWorker([Values(1, 2, 3, 8)] int threads)
    {
        using var dispatcher = new ThreadDispatcher(threads);
        var schedule = new Schedule<int>("Test");
        int refused = 0;
        schedule.Add(new TestSystem(_world, "Probe", new Access().Read<Alpha>(), step => step.Jobs.For(200, new TestJob((_, _) =>
        {
            Thread.SpinWait(100);
            First(step).Read<Alpha>();
            try
            {
                First(step).Read<Beta>();
            }
            catch (UndeclaredAccessException)
            {
                Interlocked.Increment(ref refused);
            }
        }))));
        schedule.Update(0, dispatcher);
        Assert.That(refused, Is.EqualTo(200));
    }

    [Test]
    public void AWorkerThatHelpsHasTheAccessOfWhomItHelps()
    {
        using var dispatcher = new ThreadDispatcher(3);
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "A", new Access().Read<Alpha>(), step =>
        {
            for (int i = 0; i < 100; i++) step.Jobs.For(20, new TestJob((_, _) => First(step).Read<Alpha>()));
            First(step).Read<Alpha>();
        }));
        schedule.Add(new TestSystem(_world, "B", new Access().Read<Beta>(), step =>
        {
            for (int i = 0; i < 100; i++) step.Jobs.For(20, new TestJob((_, _) => First(step).Read<Beta>()));
            First(step).Read<Beta>();
        }));
        Assert.That(() => schedule.Update(0, dispatcher), Throws.Nothing);
    }

    [Test]
    public void StructuralChangeNeedsCreateForAllComponents()
    {
        Access access = new Access().Write<Alpha>().Create<Beta>();
        Assert.That(Refused(access, step => step.World.Create(new Alpha(), new Beta())).Message, Does.Contain(".Create<Alpha>()"));
        Refused(access, step => step.World.Destroy(_entity));
        Refused(access, step => step.World.Add(_entity, new Gamma()));
        Allowed(access, step => step.World.Create(new Beta()));
        Archetype rows = _world.Rows(Signature.Of(ComponentType.Of<Alpha>()));
        Refused(access, _ => rows.SetCount(3));
        Allowed(new Access().Create<Alpha>(), _ => rows.SetCount(3));
    }

    [Test]
    public void StructuralChangeInAUnitIsRefusedEvenIfDeclared()
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "Probe", Access.Exclusive, step =>
            step.Jobs.For(2, new TestJob((_, _) => step.World.Create(new Alpha())))));
        Assert.That(() => schedule.Update(0), Throws.InvalidOperationException.With.Message.Contains("CommandBuffer"));
    }

    [Test]
    public void BlocksAndResourcesAreCheckedToo()
    {
        Archetype rows = _world.Rows(Signature.Of(ComponentType.Block<Tag, float>()));
        rows.SetStride<Tag, float>(2);
        rows.SetCount(1);
        _world.SetResource(new List<int>());
        Refused(new Access(), _ => rows.Chunk.ReadBlock<Tag, float>());
        Assert.That(
            Refused(new Access().GatherBlock<Tag, float>(), _ => rows.Chunk.WriteBlock<Tag, float>()).Message,
            Does.Contain(".WriteBlock<Tag, Single>()"));
        Allowed(new Access().WriteBlock<Tag, float>(), _ => rows.Chunk.WriteBlock<Tag, float>());
        Assert.That(Refused(new Access(), step => step.World.Resource<List<int>>()).Message, Does.Contain(".ReadResource<List<Int32>>()"));
        Refused(new Access().ReadResource<List<int>>(), step => step.World.SetResource(new List<int>()));
        Allowed(new Access().ReadResource<List<int>>(), step => step.World.Resource<List<int>>());
        Allowed(new Access().WriteResource<List<int>>(), step => step.World.SetResource(new List<int>()));
    }

    [Test]
    public void NothingIsCheckedAfterTheUpdate()
    {
        Refused(new Access(), step => First(step).Read<Alpha>());
        Assert.That(() => _world.Get<Alpha>(_entity), Throws.Nothing);
        Assert.That(() => _world.Create(new Gamma()), Throws.Nothing);
    }

    [Test]
    public void BeforeAndAfterUpdateAreChecked()
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(new Early(_world));
        Assert.That(() => schedule.BeforeUpdate(0), Throws.TypeOf<UndeclaredAccessException>());
    }

    [Test]
    public void GroupTouchesWhatItsMembersDo()
    {
        var group = new SystemGroup<int>(
            "Both",
            new TestSystem(_world, "A", new Access().Read<Alpha>(), step => First(step).Read<Beta>()),
            new TestSystem(_world, "B", new Access().Write<Beta>()));
        Assert.That(group.Access.ToString(), Is.EqualTo("reads Alpha; writes Beta"));
        var schedule = new Schedule<int>("Test");
        schedule.Add(group);
        Assert.That(() => schedule.Update(0), Throws.Nothing);
    }

    private static Chunk First(Step step)
    {
        foreach (ref Chunk chunk in step.World.Query(new QueryDescription().WithAll<Alpha, Beta>())) return chunk;
        throw new InvalidOperationException("no rows");
    }

    private UndeclaredAccessException Refused(Access access, Action<Step> update) =>
        Assert.Throws<UndeclaredAccessException>(() => Run(access, update))!;

    private void Allowed(Access access, Action<Step> update) => Assert.That(() => Run(access, update), Throws.Nothing);

    private void Run(Access access, Action<Step> update)
    {
        var schedule = new Schedule<int>("Test");
        schedule.Add(new TestSystem(_world, "Probe", access, update));
        schedule.Update(0);
    }

    private sealed class Early(World world) : BaseSystem<World, int>(world)
    {
        public override Access Access => new();

        public override void BeforeUpdate(in int state) => World.Create(new Alpha());
    }
}

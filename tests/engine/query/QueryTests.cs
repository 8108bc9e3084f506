using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Which rows a query goes through, and in what order.</summary>
[Category("Guarded")]
internal sealed class QueryTests
{
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void AllAnyAndNoneSelectRows()
    {
        _world.Create(new Alpha());
        _world.Create(new Alpha(), new Beta());
        _world.Create(new Alpha(), new Gamma());
        _world.Create(new Beta(), new Gamma());
        Assert.That(Count(new QueryDescription()), Is.EqualTo(4));
        Assert.That(Count(new QueryDescription().WithAll<Alpha>()), Is.EqualTo(3));
        Assert.That(Count(new QueryDescription().WithAll<Alpha>().WithNone<Beta>()), Is.EqualTo(2));
        Assert.That(Count(new QueryDescription().WithAny<Beta, Gamma>()), Is.EqualTo(3));
        Assert.That(Count(new QueryDescription().WithAll<Alpha>().WithAny<Beta>().WithAny<Gamma>()), Is.EqualTo(2));
        Assert.That(Count(new QueryDescription().WithAll<Beta, Gamma>().WithNone(ComponentType.Of<Alpha>())), Is.EqualTo(1));
        Assert.That(Count(new QueryDescription().WithAll<Alpha, Beta, Gamma, Delta>()), Is.Zero);
    }

    [Test]
    public void ABlockIsNamedByTagAndScalar()
    {
        Signature signature = Signature.Of(ComponentType.Of<Alpha>(), ComponentType.Block<Tag, float>());
        Archetype rows = _world.Rows(signature);
        rows.SetStride<Tag, float>(2);
        rows.SetCount(3);
        Assert.That(Count(new QueryDescription().WithAll<Alpha>().WithBlock<Tag, float>()), Is.EqualTo(3));
        Assert.That(Count(new QueryDescription().WithBlock<Tag, double>()), Is.Zero);
    }

    [Test]
    public void EqualDescriptionsShareOneQuery()
    {
        QueryDescription first = new QueryDescription().WithAll<Alpha, Beta>().WithNone<Gamma>();
        QueryDescription second = new QueryDescription().WithNone<Gamma>().WithAll<Beta>().WithAll<Alpha>();
        Assert.That(first, Is.EqualTo(second));
        Assert.That(_world.Query(in first), Is.SameAs(_world.Query(in second)));
        Assert.That(_world.Query(new QueryDescription().WithAll<Alpha>()), Is.Not.SameAs(_world.Query(in first)));
    }

    [Test]
    public void AQueryIsFoundAgainByAnEqualDescriptionWithoutAllocating()
    {
        QueryDescription first = new QueryDescription().WithAll<Alpha, Beta, Gamma>(), second = new QueryDescription().WithAll<Gamma, Beta>().WithAll<Alpha>();
        Query query = _world.Query(in first);
        _world.Query(in second);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Query found = _world.Query(in second);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((found, bytes), Is.EqualTo((query, 0L)));
    }

    [Test]
    public void QuerySeesArchetypesMadeLater()
    {
        Query query = _world.Query(new QueryDescription().WithAll<Alpha>());
        Assert.That(query.Count(), Is.Zero);
        _world.Create(new Alpha(), new Delta());
        Assert.That(query.Count(), Is.EqualTo(1));
    }

    [Test]
    public void RowsAreVisitedForwardAndEmptyChunksLeftOut()
    {
        for (int i = 0; i < 5; i++) _world.Create(new Delta { Value = i });
        Entity gone = _world.Create(new Delta(), new Alpha());
        for (int i = 5; i < 9; i++) _world.Create(new Delta { Value = i }, new Beta());
        _world.Destroy(gone);
        var values = new List<int>();
        _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta delta) => values.Add(delta.Value));
        Assert.That(values, Is.EqualTo(Enumerable.Range(0, 9)));
    }

    [Test]
    public void LevelsComeInOrderWhateverOrderTheyWereMadeIn()
    {
        Signature signature = Signature.Of(ComponentType.Of<Delta>());
        foreach (int level in (int[])[3, 0, 5, 1]) _world.Rows(signature, level).SetCount(level + 1);
        _world.Rows(signature, 2).SetCount(0);
        _world.Rows(signature).SetCount(7);
        Query query = _world.Query(new QueryDescription().WithAll<Delta>());
        Assert.That(LevelsOf(query, LevelOrder.TopDown), Is.EqualTo(new[] { 0, 1, 3, 5 }));
        Assert.That(LevelsOf(query, LevelOrder.BottomUp), Is.EqualTo(new[] { 5, 3, 1, 0 }));
    }

    [Test]
    public void LoopsOfEveryArityReachEveryRow()
    {
        Entity entity = _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 }, new Gamma { Value = 3 }, new Delta { Value = 4 });
        QueryDescription all = new QueryDescription().WithAll<Alpha, Beta, Gamma, Delta>();
        double sum = 0;
        _world.Query(in all, found => sum += found == entity ? 1000 : 0);
        _world.Query(in all, (ref Alpha a) => sum += a.Value);
        _world.Query(in all, (ref Alpha a, ref Beta b) => sum += a.Value + b.Value);
        _world.Query(in all, (ref Alpha a, ref Beta b, ref Gamma c) => sum += a.Value + b.Value + c.Value);
        _world.Query(in all, (ref Alpha a, ref Beta b, ref Gamma c, ref Delta d) => sum += a.Value + b.Value + c.Value + d.Value);
        Assert.That(sum, Is.EqualTo(1000 + 1 + 3 + 6 + 10));
        int met = 0;
        _world.Query(in all, (Entity found, ref Alpha a) => met += found == entity && a.Value == 1 ? 1 : 0);
        _world.Query(in all, (Entity found, ref Alpha a, ref Beta b) => met += found == entity && b.Value == 2 ? 1 : 0);
        _world.Query(in all, (Entity found, ref Alpha a, ref Beta b, ref Gamma c) => met += found == entity && c.Value == 3 ? 1 : 0);
        _world.Query(in all, (Entity found, ref Alpha a, ref Beta b, ref Gamma c, ref Delta d) => met += found == entity && d.Value == 4 ? 1 : 0);
        Assert.That(met, Is.EqualTo(4));
    }

    [Test]
    public void JobsOfEveryArityReachEveryRow()
    {
        _world.Create(new Alpha { Value = 1 }, new Beta { Value = 2 }, new Gamma { Value = 3 }, new Delta { Value = 4 });
        QueryDescription all = new QueryDescription().WithAll<Alpha, Beta, Gamma, Delta>();
        var job = new SumJob();
        _world.InlineQuery(in all, ref job);
        _world.InlineQuery<SumJob, Alpha>(in all, ref job);
        _world.InlineQuery<SumJob, Alpha, Beta>(in all, ref job);
        _world.InlineQuery<SumJob, Alpha, Beta, Gamma>(in all, ref job);
        _world.InlineQuery<SumJob, Alpha, Beta, Gamma, Delta>(in all, ref job);
        Assert.That(job.Sum, Is.EqualTo(100 + 1 + 3 + 6 + 10));
    }

    [Test]
    public void AFreshJobOfEveryArityWritesEveryRow()
    {
        Entity entity = _world.Create(new Alpha(), new Beta(), new Gamma(), new Delta());
        QueryDescription all = new QueryDescription().WithAll<Alpha, Beta, Gamma, Delta>();
        _world.InlineQuery<CountJob, Alpha>(in all);
        _world.InlineQuery<CountJob, Alpha, Beta>(in all);
        _world.InlineQuery<CountJob, Alpha, Beta, Gamma>(in all);
        _world.InlineQuery<CountJob, Alpha, Beta, Gamma, Delta>(in all);
        double[] values = [_world.Get<Alpha>(entity).Value, _world.Get<Beta>(entity).Value, _world.Get<Gamma>(entity).Value, _world.Get<Delta>(entity).Value];
        Assert.That(values, Is.EqualTo(new double[] { 4, 3, 2, 1 }));
    }

    [Test]
    public void AskingForAComponentThatRowsLackThrows()
    {
        _world.Create(new Alpha());
        Assert.That(
            () => _world.Query(new QueryDescription().WithAll<Alpha>(), (ref Beta _) => { }),
            Throws.InvalidOperationException.With.Message.Contains("WithAll<Beta>"));
    }

    private static List<int> LevelsOf(Query query, LevelOrder order)
    {
        var levels = new List<int>();
        foreach (ref Chunk chunk in query.Levels(order))
        {
            Assert.That(chunk.Count, Is.EqualTo(chunk.Level + 1));
            levels.Add(chunk.Level);
        }
        return levels;
    }

    private int Count(QueryDescription description) => _world.CountEntities(in description);

    private struct SumJob : IForEach, IForEach<Alpha>, IForEach<Alpha, Beta>, IForEach<Alpha, Beta, Gamma>, IForEach<Alpha, Beta, Gamma, Delta>
    {
        internal double Sum;

        public void Update(Entity entity) => Sum += 100;

        public void Update(ref Alpha c0) => Sum += c0.Value;

        public void Update(ref Alpha c0, ref Beta c1) => Sum += c0.Value + c1.Value;

        public void Update(ref Alpha c0, ref Beta c1, ref Gamma c2) => Sum += c0.Value + c1.Value + c2.Value;

        public void Update(ref Alpha c0, ref Beta c1, ref Gamma c2, ref Delta c3) => Sum += c0.Value + c1.Value + c2.Value + c3.Value;
    }

    private struct CountJob : IForEach<Alpha>, IForEach<Alpha, Beta>, IForEach<Alpha, Beta, Gamma>, IForEach<Alpha, Beta, Gamma, Delta>
    {
        public void Update(ref Alpha c0) => c0.Value++;

        public void Update(ref Alpha c0, ref Beta c1) => (c0.Value, c1.Value) = (c0.Value + 1, c1.Value + 1);

        public void Update(ref Alpha c0, ref Beta c1, ref Gamma c2)
        {
            Update(ref c0, ref c1);
            c2.Value++;
        }

        public void Update(ref Alpha c0, ref Beta c1, ref Gamma c2, ref Delta c3)
        {
            Update(ref c0, ref c1, ref c2);
            c3.Value++;
        }
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Rows made en bloc: counts, levels, blocks, names.</summary>
[Category("Guarded")]
internal sealed unsafe class RowsTests
{
    private static readonly Signature _signature = Signature.Of(ComponentType.Of<Delta>(), ComponentType.Block<Tag, double>());
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld()
    {
        _world.Dispose();
        _world.Ledger.ThrowIfOutstanding();
    }

    [Test]
    public void ArchetypesAreKeyedBySignatureAndLevel()
    {
        Archetype zero = _world.Rows(_signature, 0);
        Assert.That(_world.Rows(Signature.Of(ComponentType.Block<Tag, double>(), ComponentType.Of<Delta>()), 0), Is.SameAs(zero));
        Assert.That(_world.Rows(_signature, 1), Is.Not.SameAs(zero));
        Assert.That(_world.Rows(_signature), Is.Not.SameAs(zero));
        Assert.That(zero.Level, Is.Zero);
    }

    [Test]
    public void BlockIsOneAlignedMatrix([Values(1, 3, 56, 296)] int stride)
    {
        Archetype archetype = _world.Rows(_signature, 0);
        archetype.SetStride<Tag, double>(stride);
        archetype.SetCount(10);
        BlockSpan<double> block = archetype.Chunk.WriteBlock<Tag, double>();
        Assert.That((ulong)block.Pointer % 64, Is.Zero);
        Assert.That(block.Rows, Is.EqualTo(10));
        Assert.That(block.Span.Length, Is.EqualTo(10 * stride));
        for (int row = 0; row < 10; row++) block[row].Fill(row);
        Assert.That(block.Span[3 * stride], Is.EqualTo(3));
        Assert.That(block.Pointer[(10 * stride) - 1], Is.EqualTo(9));
        Assert.That(new ReadOnlySpan<double>(block.Pointer + (10 * stride), 8).ToArray(), Is.All.Zero, "padding");
    }

    [Test]
    [Category("Unguarded")]
    public void SetCountZeroesAndKeepsMemory()
    {
        Archetype archetype = _world.Rows(_signature);
        archetype.SetStride<Tag, double>(4);
        archetype.SetCount(1000);
        Delta* before = archetype.Chunk.ReadPointer<Delta>();
        foreach (ref Delta delta in archetype.Chunk.Write<Delta>()) delta.Value = 1;
        archetype.Chunk.WriteBlock<Tag, double>().Span.Fill(1);
        archetype.SetCount(10);
        archetype.SetCount(1000);
        Assert.That((nint)archetype.Chunk.ReadPointer<Delta>(), Is.EqualTo((nint)before));
        Assert.That(archetype.Chunk.Read<Delta>().ToArray().Select(delta => delta.Value), Is.All.Zero);
        Assert.That(archetype.Chunk.ReadBlock<Tag, double>().Span.ToArray(), Is.All.Zero);
    }

    [Test]
    public void NamesDieWithTheirRows()
    {
        Archetype archetype = _world.Rows(Signature.Of(ComponentType.Of<Delta>()), 3);
        archetype.SetCount(5);
        Entity[] names = archetype.Chunk.Entities.ToArray();
        Assert.That(names, Is.Unique);
        Assert.That(names.Select(_world.IsAlive), Is.All.True);
        Assert.That(archetype.Chunk.Entity(4), Is.EqualTo(names[4]));
        _world.Get<Delta>(names[2]).Value = 7;
        Assert.That(archetype.Chunk.Read<Delta>()[2].Value, Is.EqualTo(7));
        archetype.SetCount(5);
        Assert.That(names.Select(_world.IsAlive), Is.All.False);
        Assert.That(() => _world.Get<Delta>(names[2]), Throws.InvalidOperationException);
        Assert.That(archetype.Chunk.Entities.ToArray().Select(_world.IsAlive), Is.All.True);
    }

    [Test]
    public void WorldHoldsFourThousandBlocsAndRefusesMore()
    {
        Signature signature = Signature.Of(ComponentType.Of<Delta>());
        for (int level = 0; level < 4094; level++) _world.Rows(signature, level);
        Archetype last = _world.Rows(signature, 4093);
        last.SetCount(3);
        Entity name = last.Chunk.Entity(2);
        Assert.That(_world.IsAlive(name), Is.True);
        Assert.That(_world.GetArchetype(name), Is.SameAs(last));
        Assert.That(() => last.Chunk.Entity(3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => last.Chunk.Entity(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => _world.Rows(signature, 4094), Throws.InvalidOperationException.With.Message.Contains("4094"));
    }

    [Test]
    public void RowsChangeOnlyAllTogether()
    {
        Archetype archetype = _world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        archetype.SetCount(5);
        Entity row = archetype.Chunk.Entity(1);
        Assert.That(() => _world.Destroy(row), Throws.InvalidOperationException.With.Message.Contains("SetCount"));
        Assert.That(() => _world.Add(row, new Alpha()), Throws.InvalidOperationException);
        Assert.That(() => _world.Destroy(new QueryDescription().WithAll<Delta>()), Throws.InvalidOperationException);
        Archetype single = _world.GetArchetype(_world.Create(new Delta()));
        Assert.That(() => single.SetCount(5), Throws.InvalidOperationException.With.Message.Contains("World.Rows"));
    }

    [Test]
    public void StrideIsFixedBeforeRowsAreMade()
    {
        Archetype archetype = _world.Rows(_signature);
        Assert.That(() => archetype.SetCount(1), Throws.InvalidOperationException.With.Message.Contains("SetStride"));
        Assert.That(() => archetype.SetStride<Tag, double>(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        archetype.SetStride<Tag, double>(4);
        archetype.SetCount(1);
        Assert.That(() => archetype.SetStride<Tag, double>(4), Throws.Nothing);
        Assert.That(() => archetype.SetStride<Tag, double>(5), Throws.InvalidOperationException.With.Message.Contains("SetCount(0)"));
        Assert.That(() => archetype.SetStride<Tag, float>(5), Throws.InvalidOperationException);
        Assert.That(() => archetype.SetCount(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        archetype.SetCount(0);
        Assert.That(() => archetype.SetStride<Tag, double>(5), Throws.Nothing);
    }

    [Test]
    public void SetCountWhileIteratingThrows()
    {
        Archetype archetype = _world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        archetype.SetCount(5);
        Assert.That(
            () => _world.Query(new QueryDescription().WithAll<Delta>(), (ref Delta _) => archetype.SetCount(2)),
            Throws.InvalidOperationException);
        Assert.That(archetype.Count, Is.EqualTo(5));
    }

    [Test]
    public void TwoThreadsThatMakeRowsAtOnceAreToldAndHarmNothing()
    {
        Archetype archetype = _world.Rows(Signature.Of(ComponentType.Of<Delta>()));
        int strange = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(seed => new Thread(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                try
                {
                    archetype.SetCount(((i * 37) + (seed * 991)) % 5000);
                }
                catch (InvalidOperationException exception) when (exception.Message.Contains("Two threads", StringComparison.Ordinal))
                {
                }
                catch (Exception)
                {
                    Interlocked.Increment(ref strange);
                    throw;
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.That(strange, Is.Zero);
        archetype.SetCount(10);
        Assert.That(archetype.Chunk.Read<Delta>().ToArray().Select(delta => delta.Value), Is.All.Zero);
    }

    [Test]
    public void ResourcesAreOneATypeAndEndWithTheWorld()
    {
        var first = new Owned();
        var second = new Owned();
        Assert.That(() => _world.Resource<Owned>(), Throws.InvalidOperationException.With.Message.Contains("SetResource"));
        _world.SetResource(first);
        Assert.That(_world.Resource<Owned>(), Is.SameAs(first));
        _world.SetResource(second);
        Assert.That(first.Disposed, Is.True);
        Assert.That(second.Disposed, Is.False);
        _world.Dispose();
        Assert.That(second.Disposed, Is.True);
    }

    private sealed class Owned : IDisposable
    {
        internal bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Views;

/// <summary>The nodes of a world by level, as systems take them from a query.</summary>
[Category("Guarded")]
internal sealed class NodeRowsTests
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks>();
    private static readonly Signature _signature = Signature.Of(ComponentType.Of<NodeKey>(), ComponentType.Of<NodeLinks>());
    private readonly NodeRows _rows = new();
    private World _world = null!;

    [SetUp]
    public void MakeWorld() => _world = World.Create();

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void Levels_are_found_in_order_whatever_order_they_were_made_in()
    {
        Spawn(2, 16);
        Spawn(0, 1);
        Spawn(1, 8);
        _rows.Read(_world.Query(in _nodes));
        Assert.That(_rows.Depth, Is.EqualTo(2));
        Assert.That(Enumerable.Range(0, 3).Select(level => (_rows[level].Level, _rows[level].Count)), Is.EqualTo(new[] { (0, 1), (1, 8), (2, 16) }));
    }

    [Test]
    public void A_level_that_has_lost_its_rows_is_not_found_any_more()
    {
        Spawn(0, 1);
        Archetype deepest = Spawn(1, 8);
        _rows.Read(_world.Query(in _nodes));
        deepest.SetCount(0);
        _rows.Read(_world.Query(in _nodes));
        Assert.That(_rows.Depth, Is.Zero);
        Assert.That(() => _rows[1], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("levels 0 to 0"));
    }

    [Test]
    public void Entities_of_a_host_without_a_level_are_no_nodes()
    {
        Spawn(0, 1);
        _world.Create(new NodeKey(), new NodeLinks());
        _world.Rows(_signature.With(ComponentType.Of<VCount>())).SetCount(5);
        _rows.Read(_world.Query(in _nodes));
        Assert.That((_rows.Depth, _rows[0].Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Two_archetypes_with_rows_at_one_level_are_refused_by_name()
    {
        Spawn(0, 1);
        Archetype other = _world.Rows(_signature.With(ComponentType.Of<VCount>()), 0);
        other.SetCount(3);
        Assert.That(Read, Throws.InvalidOperationException.With.Message.StartsWith("Level 0 has rows of {NodeKey, NodeLinks} and of {NodeKey, NodeLinks, VCount}"));
        Assert.That(_rows.Depth, Is.EqualTo(-1));
        other.SetCount(0);
        Read();
        Assert.That(_rows.Depth, Is.Zero);
    }

    [Test]
    public void A_level_that_is_left_out_is_refused_by_number()
    {
        Spawn(0, 1);
        Spawn(2, 8);
        Assert.That(Read, Throws.InvalidOperationException.With.Message.StartsWith("There are nodes of level 2 ({NodeKey, NodeLinks}) and none of level 1"));
        Spawn(0, 0);
        Assert.That(Read, Throws.InvalidOperationException.With.Message.Contains("none of level 0"));
    }

    [Test]
    public void A_level_deeper_than_any_tree_is_refused()
    {
        for (int level = 0; level <= Morton.MaxLevel; level++) Spawn(level, 1);
        Read();
        Assert.That(_rows.Depth, Is.EqualTo(Morton.MaxLevel));
        Spawn(Morton.MaxLevel + 1, 1);
        Assert.That(Read, Throws.InvalidOperationException.With.Message.StartsWith($"There are nodes of level {Morton.MaxLevel + 1}"));
    }

    [Test]
    public void Where_the_layout_lacks_a_component_its_name_is_told()
    {
        _world.Rows(Signature.Of(ComponentType.Of<NodeKey>()), 0).SetCount(1);
        Assert.That(Read, Throws.InvalidOperationException.With.Message.StartsWith("There are no nodes with {NodeKey, NodeLinks}: SpawnNodes makes them"));
        Assert.That(() => _rows[0], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Reading_again_allocates_nothing()
    {
        for (int level = 0; level < 6; level++) Spawn(level, 1 << (3 * level));
        LevelColumn<NodeLinks> links = new();
        Take();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Take();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Take()
        {
            _rows.Read(_world.Query(in _nodes));
            links.Read(_rows);
        }
    }

    private void Read() => _rows.Read(_world.Query(in _nodes));

    private Archetype Spawn(int level, int count)
    {
        Archetype nodes = _world.Rows(_signature, level);
        nodes.SetCount(count);
        return nodes;
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Views;

/// <summary>Columns over all levels, as a user's system sees them.</summary>
[Category("Guarded")]
internal sealed class LevelColumnTests
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey>().WithBlock<Local, float>();
    private readonly NodeRows _rows = new();
    private World _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = World.Create();
        RowLayout layout = new RowLayout().With<NodeKey>().WithBlock<Local, float>(3);
        for (int level = 0; level < 3; level++) layout.SetCount(layout.Rows(_world, level), level == 0 ? 1 : 8 * level);
        _rows.Read(_world.Query(in _nodes));
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void What_is_written_through_a_column_stands_in_the_rows()
    {
        LevelColumn<NodeKey> keys = new(), read = new();
        keys.Write(_rows);
        for (int level = 0; level < 3; level++) for (int row = 0; row < keys.ToWrite(level).Length; row++) keys.ToWrite(level)[row].Value = (ulong)((100 * level) + row);
        read.Read(_rows);
        Assert.That((read.Of(0).Length, read.Of(1).Length, read.Of(2).Length), Is.EqualTo((1, 8, 16)));
        foreach (ref Chunk chunk in _world.Query(in _nodes).Levels(LevelOrder.BottomUp))
        {
            ReadOnlySpan<NodeKey> found = chunk.Read<NodeKey>();
            for (int row = 0; row < found.Length; row++) Assert.That(found[row].Value, Is.EqualTo((ulong)((100 * chunk.Level) + row)));
            Assert.That(read.Of(chunk.Level)[^1].Value, Is.EqualTo(found[^1].Value));
        }
    }

    [Test]
    public void What_is_written_through_a_block_stands_in_the_rows()
    {
        LevelBlock<Local, float> locals = new();
        locals.Write(_rows);
        Assert.That(locals.Stride, Is.EqualTo(3));
        for (int level = 0; level < 3; level++) for (int row = 0; row < _rows[level].Count; row++) locals.ToWrite(level, row).Fill((100 * level) + row);
        locals.Read(_rows);
        foreach (ref Chunk chunk in _world.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                Assert.That(chunk.ReadBlock<Local, float>()[row].ToArray(), Is.All.EqualTo((100 * chunk.Level) + row));
                Assert.That(locals.Of(chunk.Level, row).ToArray(), Is.All.EqualTo((100 * chunk.Level) + row));
            }
        }
    }

    [Test]
    public void Levels_and_rows_that_are_not_there_are_refused()
    {
        LevelColumn<NodeKey> keys = new();
        LevelBlock<Local, float> locals = new();
        Assert.That(() => keys.Of(0).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => locals.Of(0, 0).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        keys.Write(_rows);
        locals.Write(_rows);
        foreach (int level in new[] { -1, 3 })
        {
            Assert.That(() => keys.Of(level).Length, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("levels 0 to 2"));
            Assert.That(() => keys.ToWrite(level).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => locals.Of(level, 0).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        }
        foreach (int row in new[] { -1, 8 }) Assert.That(() => locals.ToWrite(1, row).Length, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("8 rows"));
    }

    [Test]
    public void What_was_taken_to_read_is_not_given_out_to_write()
    {
        LevelColumn<NodeKey> keys = new();
        LevelBlock<Local, float> locals = new();
        keys.Write(_rows);
        locals.Write(_rows);
        keys.Read(_rows);
        locals.Read(_rows);
        Assert.That(() => keys.ToWrite(0).Length, Throws.InvalidOperationException.With.Message.StartsWith("NodeKey was taken to read it"));
        Assert.That(() => locals.ToWrite(0, 0).Length, Throws.InvalidOperationException.With.Message.StartsWith("Local was taken to read it"));
    }

    [Test]
    public void A_system_takes_to_write_only_what_it_has_declared()
    {
        LevelColumn<NodeKey> keys = new();
        LevelBlock<Local, float> locals = new();
        using Schedule<int> schedule = new("test");
        schedule.Add(new TestSystem(_world, "Probe", new Access().Gather(in _nodes), _ =>
        {
            keys.Read(_rows);
            locals.Read(_rows);
            Assert.That(() => keys.Write(_rows), Throws.TypeOf<UndeclaredAccessException>());
            Assert.That(() => locals.Write(_rows), Throws.TypeOf<UndeclaredAccessException>());
        }));
        schedule.Update(0);
    }
}

using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Rows in another order: entities keep their names and what they hold.</summary>
internal sealed class ReorderTests
{
    private static readonly QueryDescription _numbered = new QueryDescription().WithAll<Number>();

    [Test]
    public void Every_entity_keeps_its_components_under_its_name()
    {
        using World world = World.Create();
        Entity[] all = [.. Enumerable.Range(0, 100).Select(i => world.Create(new Number(i), new Half(i / 2f)))];
        Archetype rows = world.Query(_numbered).Matches[0];
        long changes = rows.Changes;
        int[] order = [.. Enumerable.Range(0, 100).Select(i => 37 * i % 100)];
        rows.Reorder(order);
        Assert.That(rows.Chunk.Read<Number>().ToArray().Select(number => number.Value), Is.EqualTo(order));
        Assert.That(all.Select(entity => (world.Read<Number>(entity).Value, world.Read<Half>(entity).Value)), Is.EqualTo(Enumerable.Range(0, 100).Select(i => (i, i / 2f))));
        Assert.That(rows.Chunk.Entity(3), Is.EqualTo(all[order[3]]));
        Assert.That(rows.Changes, Is.GreaterThan(changes));
        world.Destroy(all[5]);
        Assert.That(all.Where(world.IsAlive).Select(entity => world.Read<Number>(entity).Value), Is.EquivalentTo(Enumerable.Range(0, 100).Where(i => i != 5)));
    }

    [TestCase(new[] { 0, 1 }, "has 3 rows, but the order names 2")]
    [TestCase(new[] { 0, 1, 1 }, "names row 1")]
    [TestCase(new[] { 0, 1, 3 }, "names row 3")]
    [TestCase(new[] { 0, -1, 2 }, "names row -1")]
    public void An_order_that_does_not_name_each_row_once_is_refused_and_changes_nothing(int[] order, string told)
    {
        using World world = World.Create();
        for (int i = 0; i < 3; i++) world.Create(new Number(i));
        Archetype rows = world.Query(_numbered).Matches[0];
        Assert.That(() => rows.Reorder(order), Throws.ArgumentException.With.Message.Contains(told));
        Assert.That(rows.Chunk.Read<Number>().ToArray().Select(number => number.Value), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Rows_that_are_iterated_or_made_en_bloc_stay_as_they_are()
    {
        using World world = World.Create();
        world.Create(new Number(1));
        Archetype rows = world.Query(_numbered).Matches[0], bloc = world.Rows(Signature.Of(ComponentType.Of<Half>()), 0);
        foreach (ref Chunk chunk in world.Query(_numbered)) Assert.That(() => rows.Reorder([0]), Throws.InvalidOperationException);
        Assert.That(() => bloc.Reorder([]), Throws.InvalidOperationException.With.Message.Contains("en bloc"));
    }

    private record struct Number(int Value);

    private record struct Half(float Value);
}

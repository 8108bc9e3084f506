using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class TransferVectorTests
{
    [Test]
    public void Child_pairs_of_neighbouring_octets_make_316_vectors()
    {
        HashSet<int> slots = [];
        ForAll((octet, target, source) => slots.Add(TransferVectors.Slot(octet, target, source)));
        slots.Remove(-1);
        Assert.That(slots, Has.Count.EqualTo(316));
    }

    [Test]
    public void A_slot_holds_the_vector_between_the_boxes() => ForAll((octet, target, source) =>
    {
        int[] vector = [.. Enumerable.Range(0, 3).Select(axis => Centre(0, target, axis) - Centre(TransferVectors.Direction(octet, axis), source, axis))];
        int slot = TransferVectors.Slot(octet, target, source);
        Assert.That(Enumerable.Range(0, 3).Select(axis => TransferVectors.Component(octet, target, source, axis)), Is.EqualTo(vector));
        if (vector.Max(Math.Abs) <= 1) Assert.That(slot, Is.EqualTo(-1));
        else Assert.That(Enumerable.Range(0, 3).Select(axis => TransferVectors.SlotComponent(slot, axis)), Is.EqualTo(vector));
    });

    [Test]
    public void Every_child_has_189_far_children_around()
    {
        int[] counts = new int[8];
        ForAll((octet, target, source) => counts[target] += TransferVectors.Slot(octet, target, source) >= 0 ? 1 : 0);
        Assert.That(counts, Is.All.EqualTo(189));
    }

    [Test]
    public void The_directions_are_the_26_around()
    {
        HashSet<(int, int, int)> directions = [];
        for (int octet = 0; octet < TransferVectors.OctetCount; octet++)
            directions.Add((TransferVectors.Direction(octet, 0), TransferVectors.Direction(octet, 1), TransferVectors.Direction(octet, 2)));
        Assert.That(directions, Has.Count.EqualTo(26));
        Assert.That(directions, Does.Not.Contain((0, 0, 0)));
    }

    // Cell of a child along an axis, in widths of the child.
    private static int Centre(int octet, int child, int axis) => (2 * octet) + ((child >> axis) & 1);

    private static void ForAll(Action<int, int, int> check)
    {
        for (int i = 0; i < 26 * 64; i++) check(i / 64, i / 8 % 8, i % 8);
    }
}

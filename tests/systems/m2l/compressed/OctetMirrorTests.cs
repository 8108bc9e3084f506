using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The geometry of the compressed transfer against that of the octet table.</summary>
public sealed class OctetMirrorTests
{
    [Test]
    public void Every_box_around_an_octet_is_in_one_class_and_its_vector_is_a_mirror_image_of_the_classs()
    {
        HashSet<(int, int)> seen = [];
        for (int ring = 1; ring < OctetMirrors.ClassCount; ring++)
        {
            for (int octant = 0; octant < 8; octant++)
            {
                int neighbour = OctetMirrors.Neighbour(ring, octant);
                Assert.That(seen.Add((neighbour, octant)), Is.True, $"{neighbour} {octant}");
                // Seen from the target of octant 0, the box is in the half that its octant and the class's flips tell.
                int half = octant ^ OctetMirrors.Flips(ring);
                for (int axis = 0; axis < 3; axis++)
                {
                    int length = OctetMirrors.Length(ring, half, axis), sign = ((half >> axis) & 1) == 0 ? 1 : -1;
                    Assert.That(TransferVectors.Component(neighbour, 0, octant, axis), Is.EqualTo(sign * length), $"{ring} {octant} {axis}");
                }
            }
        }
        Assert.That(seen, Has.Count.EqualTo(8 * TransferVectors.OctetCount));
    }

    [Test]
    public void Sorting_by_parity_and_back_gives_each_point_back([Values(2, 3, 4, 5)] int order, [Values(0, 1, 2, 3, 4)] int components, [Values] bool mirrors)
    {
        VectorKind kind = (VectorKind)components;
        components = kind switch { VectorKind.Scalars => 1, VectorKind.ScalarAndVector => 4, VectorKind.SymmetricTensor => 6, _ => 3 };
        Surface surface = new(order);
        ParityPoints points = new(surface, components, kind, 4, mirrors);
        Assert.That(Enumerable.Range(0, 8).Sum(points.Length), Is.EqualTo(surface.Count * components));
        double[] row = [.. Enumerable.Range(1, surface.Count * components).Select(i => (double)i)], sorted = new double[points.Start[8]], back = new double[row.Length];
        for (int octant = 0; octant < 8; octant++)
        {
            unsafe
            {
                fixed (double* pRow = row, pSorted = sorted, pBack = back)
                {
                    ParityRows<double>.Sort(points, octant, pRow, surface.Count, pSorted);
                    ParityRows<double>.Unsort(points, octant, pSorted, surface.Count, pBack);
                }
            }
            for (int i = 0; i < row.Length; i++) Assert.That(back[i], Is.EqualTo(row[i]).Within(1e-13 * surface.Count), $"octant {octant}, number {i}");
        }
    }
}

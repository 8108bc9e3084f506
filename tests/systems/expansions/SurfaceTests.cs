using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class SurfaceTests
{
    [Test]
    public void A_surface_has_six_faces_of_points([Range(2, 16)] int order) =>
        Assert.That(new Surface(order).Count, Is.EqualTo((order * order * order) - Math.Max(0, (order - 2) * (order - 2) * (order - 2))));

    [Test]
    public void Its_points_are_the_lattices_outer_layer_in_lattice_order([Range(2, 16)] int order)
    {
        Surface surface = new(order);
        List<int> places = [];
        for (int i = 0; i < surface.Count; i++)
        {
            int[] lattice = [surface.Lattice(i, 0), surface.Lattice(i, 1), surface.Lattice(i, 2)];
            Assert.That(lattice, Has.Some.EqualTo(0).Or.Some.EqualTo(order - 1));
            Assert.That(lattice, Is.All.InRange(0, order - 1));
            places.Add((((lattice[0] * order) + lattice[1]) * order) + lattice[2]);
        }
        Assert.That(places, Is.Ordered.And.Unique);
    }

    [Test]
    public void Its_points_lie_on_the_cube_of_the_half_width_symmetrically([Values(2, 3, 6, 11)] int order)
    {
        Surface surface = new(order);
        double[] sums = new double[3];
        for (int i = 0; i < surface.Count; i++)
        {
            double[] point = [surface.Coordinate(i, 0, 2.5), surface.Coordinate(i, 1, 2.5), surface.Coordinate(i, 2, 2.5)];
            Assert.That(point.Max(Math.Abs), Is.EqualTo(2.5));
            for (int axis = 0; axis < 3; axis++) sums[axis] += point[axis];
        }
        Assert.That(sums, Is.All.EqualTo(0).Within(1e-11));
    }

    [Test]
    public void One_point_an_edge_is_refused() =>
        Assert.That(() => new Surface(1), Throws.InstanceOf<ArgumentOutOfRangeException>());
}

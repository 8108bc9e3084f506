using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Panels and their potentials, against sums over many small pieces and values that are known.</summary>
internal sealed class PanelTests
{
    private static readonly Panel _triangle = new(new SpaceVector(0, 0, 0), new SpaceVector(2, 0, 1), new SpaceVector(0.5, 1, 0));

    [Test]
    public void A_square_has_the_potential_of_the_books_at_its_middle()
    {
        Panel square = new(new SpaceVector(0, 0, 0), new SpaceVector(1, 0, 0), new SpaceVector(1, 1, 0), new SpaceVector(0, 1, 0));
        Assert.That(square.Potential(square.Centre), Is.EqualTo(4 * Math.Log(1 + Math.Sqrt(2))).Within(1e-14));
        Assert.That(square.Potential(new SpaceVector(0, 0, 0)), Is.EqualTo(2 * Math.Log(1 + Math.Sqrt(2))).Within(1e-14));
        Assert.That((square.Area, square.Diameter), Is.EqualTo((1.0, Math.Sqrt(2))));
    }

    [TestCase(3, 1, 2)]
    [TestCase(0.5, 0.4, 0.9)]
    [TestCase(-0.2, 0.1, -0.6)]
    [TestCase(2.3, 0, 1.15)]
    public void A_triangle_has_the_potential_of_its_pieces(double x, double y, double z)
    {
        SpaceVector at = new(x, y, z);
        double sum = Pieces(_triangle.Corners.ToArray(), 8).Sum(piece => piece.Area / (piece.Centre - at).Length);
        Assert.That(_triangle.Potential(at), Is.EqualTo(sum).Within(2e-4 * sum));
    }

    [Test]
    public void The_side_does_not_matter()
    {
        SpaceVector normal = (_triangle.Corners[1] - _triangle.Corners[0]).Cross(_triangle.Corners[2] - _triangle.Corners[0]).Unit();
        Assert.That(_triangle.Potential(_triangle.Centre + (0.3 * normal)), Is.EqualTo(_triangle.Potential(_triangle.Centre - (0.3 * normal))).Within(1e-14));
    }

    [Test]
    public void Meshes_are_closed_and_have_the_area_of_their_bodies()
    {
        Panel[] sphere = ConductorMesh.Sphere(300), cube = ConductorMesh.Cube(300);
        Assert.That((sphere.Length, cube.Length), Is.EqualTo((320, 384)));
        Assert.That(sphere.Sum(panel => panel.Area), Is.EqualTo(4 * Math.PI).Within(1e-12));
        Assert.That(cube.Sum(panel => panel.Area), Is.EqualTo(6).Within(1e-12));
        Assert.That(cube.Select(panel => new[] { panel.Centre.X, panel.Centre.Y, panel.Centre.Z }.Max(Math.Abs)), Is.All.EqualTo(0.5).Within(1e-15));
        Assert.That(sphere.Select(panel => panel.Centre.Length), Is.All.EqualTo(1).Within(0.02));
    }

    private static IEnumerable<Panel> Pieces(SpaceVector[] t, int times) => times == 0 ? [new Panel(t)] : new SpaceVector[][]
    {
        [t[0], Half(t[0], t[1]), Half(t[0], t[2])], [t[1], Half(t[1], t[2]), Half(t[1], t[0])], [t[2], Half(t[2], t[0]), Half(t[2], t[1])],
        [Half(t[0], t[1]), Half(t[1], t[2]), Half(t[2], t[0])],
    }.SelectMany(part => Pieces(part, times - 1));

    private static SpaceVector Half(SpaceVector a, SpaceVector b) => 0.5 * (a + b);
}

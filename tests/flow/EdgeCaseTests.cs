using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Points as they should not lie, in both precisions, against the direct sum.</summary>
public sealed class EdgeCaseTests
{
    [Test]
    public void One_point_feels_nothing([Values] Precision precision)
    {
        (double[] potentials, double[] gradients) = new Scene([new Position(1, 2, 3)], [5]).Solve(default(Laplace), Options(precision));
        Assert.That(potentials, Is.All.EqualTo(0));
        Assert.That(gradients, Is.All.EqualTo(0));
    }

    [Test]
    public void Two_points_feel_each_other([Values] Precision precision, [Values(1, 50)] int capacity)
    {
        Scene scene = new([new Position(0, 0, 0), new Position(0, 0, 2)], [3, -1]);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), Options(precision) with { LeafCapacity = capacity });
        double unit = 1 / (4 * Math.PI);
        Assert.That(potentials, Is.EqualTo(new[] { -unit / 2, 3 * unit / 2 }).Within(1e-5).Percent);
        Assert.That(gradients[2], Is.EqualTo(-unit / 4).Within(1e-5).Percent);
        Assert.That(gradients[5], Is.EqualTo(-3 * unit / 4).Within(1e-5).Percent);
        Assert.That(gradients.Where((_, i) => i % 3 != 2), Is.All.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void Coincident_points_feel_nothing([Values] Precision precision, [Values(1, 3, 400)] int capacity)
    {
        (double[] potentials, double[] gradients) = Scene.Of("coincident", 300).Solve(default(Laplace), Options(precision) with { LeafCapacity = capacity });
        Assert.That(potentials, Is.All.EqualTo(0));
        Assert.That(gradients, Is.All.EqualTo(0));
    }

    [Test]
    public void Awkward_sets_give_the_direct_sum(
        [Values("line", "plane", "corners", "far")] string cloud, [Values] Precision precision, [Values(10, 200)] int capacity) =>
        Same(Scene.Of(cloud, 3000), Options(precision) with { LeafCapacity = capacity });

    [Test]
    public void Many_points_in_one_place_and_some_elsewhere_give_the_direct_sum([Values] Precision precision)
    {
        Position[] points = [.. Scene.Points("coincident", 500, 1), .. Scene.Points("cube", 1500, 2), .. Scene.Points("coincident", 300, 3)];
        Same(new Scene(points, Scene.Of("cube", points.Length).Charges), Options(precision) with { LeafCapacity = 20 });
    }

    // Where all sources are far, the field hardly varies over a leaf, and the gradient is a small difference of the expansion's
    // large numbers: its error grows with the distance in units of the leaf.
    [Test]
    public void Sources_and_targets_in_disjoint_regions_give_the_direct_sum(
        [Values("apart", "distant", "far", "coincident")] string targets, [Values] Precision precision) =>
        Same(
            Scene.Of("cube", targets, 3000), Options(precision) with { LeafCapacity = 20 });

    [Test]
    public void A_leaf_capacity_of_one_gives_the_direct_sum([Values("cube", "plummer", "corners")] string cloud, [Values] Precision precision) =>
        Same(Scene.Of(cloud, 600), Options(precision) with { LeafCapacity = 1 });

    [Test]
    public void Units_of_any_size_give_the_direct_sum([Values(1e-9, 1e-3, 1e3, 1e12)] double unit, [Values] Precision precision)
    {
        Position[] points = [.. Scene.Points("cube", 2000, 1).Select(p => new Position(unit * p.X, unit * p.Y, unit * p.Z))];
        Same(new Scene(points, Scene.Of("cube", points.Length).Charges), Options(precision) with { LeafCapacity = 30 });
    }

    [Test]
    public void Yukawa_of_any_screening_gives_the_direct_sum([Values(0, 1e-3, 50, 400, 3000)] double k, [Values] Precision precision)
    {
        MeasuredErrors.Hold(Scene.Of("cube", 3000).Error(new Yukawa(k), Options(precision) with { LeafCapacity = 20 }));
    }

    [Test]
    public void Yukawa_of_extreme_screening_is_prepared_by_managed_linear_algebra_too([Values] Precision precision)
    {
        FmmOptions options = Options(precision) with { LeafCapacity = 20, LinearAlgebra = LinearAlgebraChoice.Managed };
        MeasuredErrors.Hold(Scene.Of("cube", 1000).Error(new Yukawa(3000), options));
    }

    [Test]
    public void Zero_charges_make_no_field([Values] Precision precision)
    {
        Position[] points = Scene.Points("squares", 1000, 1);
        (double[] potentials, double[] gradients) = new Scene(points, new double[1000]).Solve(default(Laplace), Options(precision));
        Assert.That(potentials, Is.All.EqualTo(0));
        Assert.That(gradients, Is.All.EqualTo(0));
    }

    private static FmmOptions Options(Precision precision) => new() { Order = 6, Gradient = true, Precision = precision };

    private static void Same(Scene scene, FmmOptions options) => MeasuredErrors.Hold(scene.Error(default(Laplace), options));
}

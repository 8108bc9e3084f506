using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Units of length and of charge are nobody's business: what can be represented comes out right in all of them.</summary>
public sealed class RangeTests
{
    [Test]
    public void Lengths_of_any_unit_give_the_field_of_any_other(
        [Values(1e-250, 1e-101, 1e-60, 1e-12, 1e-9, 1e9, 1e12, 1e60, 1e101)] double unit, [Values] Precision precision, [Values(10, 400)] int leaf)
    {
        // Gradients of smaller units are beyond double precision itself.
        Position[] points = [.. Scene.Points("cube", 600, 3).Select(p => new Position(unit * p.X, unit * p.Y, unit * p.Z))];
        double limit = precision == Precision.Single ? 5e-6 : 4e-6;
        Check(default(Laplace), points, PointClouds.Charges(600, 1), precision, leaf, limit, unit is > 1e-140 and < 1e140);
        Check(new Yukawa(3 / unit), points, PointClouds.Charges(600, 1), precision, leaf, limit, unit is > 1e-140 and < 1e140);
        if (unit > 1e-140) Check(new Stokes(1), points, PointClouds.Charges(1800, 1), precision, leaf, 1e-4, unit < 1e140);
    }

    [Test]
    public void Charges_of_any_unit_give_the_field_of_any_other([Values(1e-300, 1e-44, 1e-30, 1e37, 1e39, 1e250)] double unit, [Values] Precision precision)
    {
        double[] charges = [.. PointClouds.Charges(600, 1).Select(q => unit * q)];
        Check(default(Laplace), Scene.Points("cube", 600, 3), charges, precision, 20, 5e-6, gradient: true);
    }

    [TestCase(0.5, Precision.Single)]
    [TestCase(1e300, Precision.Single)]
    [TestCase(1e-300, Precision.Double)]
    public void A_viscosity_of_any_size_scales_the_field(double mu, Precision precision) =>
        Check(new Stokes(mu), Scene.Points("cube", 600, 3), PointClouds.Charges(1800, 1), precision, 20, 1e-4, gradient: true);

    [TestCase(1e-13, 1.0, Precision.Single)]
    [TestCase(1e-110, 1.0, Precision.Double)]
    [TestCase(1e-110, 1.0, Precision.Single)]
    [TestCase(1.0, 1e39, Precision.Single)]
    [TestCase(1e-13, 1e39, Precision.Single)]
    [TestCase(1e120, 1e-100, Precision.Double)]
    public void Two_charges_act_as_they_should_whatever_their_distance_and_size(double distance, double charge, Precision precision)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Precision = precision, Gradient = true });
        double[] potentials = new double[2], gradients = new double[6];
        solver.SetPoints([new Position(0, 0, 0), new Position(distance, 0, 0)]);
        solver.Evaluate([charge, charge], potentials, gradients);
        double expected = charge / distance / (4 * Math.PI);
        Assert.That(potentials, Is.All.EqualTo(expected).Within(1e-4).Percent);
        Assert.That(gradients[0], Is.EqualTo(expected / distance).Within(1e-4).Percent);
        Assert.That(gradients[3], Is.EqualTo(-expected / distance).Within(1e-4).Percent);
    }

    [Test]
    public void One_far_point_costs_the_others_no_digit([Values(10, 1e3, 1e6, 1e7, 1e12, 1e100)] double distance, [Values] Precision precision, [Values(2, 40, 3000)] int count)
    {
        Position[] points = [.. Scene.Points("cube", count, 3), new Position(distance, -distance, 0.5 * distance)];
        Check(default(Laplace), points, [.. PointClouds.Charges(count, 1), 1], precision, 30, precision == Precision.Single ? 5e-6 : 2e-6, gradient: true);
    }

    [Test]
    public void All_targets_may_lie_far_from_all_sources_and_a_few_sources_from_the_rest(
        [Values(1e3, 1e6, 1e12)] double distance, [Values(3, 50)] int far, [Values] bool targets, [Values] Precision precision)
    {
        Position[] cloud = Scene.Points("cube", 700, 3), apart = [.. Scene.Points("cube", far, 4).Select(p => new Position(distance + p.X, p.Y, -distance + p.Z))];
        Scene scene = targets ? new(cloud, PointClouds.Charges(700, 1), apart) : new(apart, PointClouds.Charges(far, 1), cloud);
        (double[] potentials, _) = scene.Solve(default(Laplace), new FmmOptions { Order = 6, LeafCapacity = 30, Precision = precision });
        Assert.That(ExactField.Error(potentials, ExactField.Of(default(Laplace), scene.Sources, scene.Charges, scene.Targets!)), Is.LessThan(4e-6));
    }

    // Boxes are reduced over runs of 32,768 points: one of nothing but far points has none.
    [TestCase(32768)]
    [TestCase(65536)]
    public void A_far_point_behind_a_full_run_of_others_changes_nothing(int count)
    {
        Position[] points = [.. Scene.Points("cube", count, 3), new Position(1e6, 0, 0)];
        FmmOptions options = new() { Order = 4, LeafCapacity = 100 };
        Assert.That(new Scene(points, [.. PointClouds.Charges(count, 1), 1]).Error(default(Laplace), options, 50).Potential, Is.LessThan(1e-3));
    }

    [TestCase(1e-13, Precision.Single)]
    [TestCase(1e-30, Precision.Single)]
    [TestCase(1e-60, Precision.Single)]
    [TestCase(1e-90, Precision.Double)]
    public void Two_charges_close_together_act_as_they_should_beside_a_third(double distance, Precision precision)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Precision = precision, Gradient = true });
        double[] potentials = new double[3], gradients = new double[9];
        solver.SetPoints([new Position(0, 0, 0), new Position(distance, 0, 0), new Position(0, 1, 0)]);
        solver.Evaluate([1, 1, 1], potentials, gradients);
        double expected = 1 / distance / (4 * Math.PI);
        Assert.That(potentials[..2], Is.All.EqualTo(expected).Within(1e-4).Percent);
        Assert.That(gradients[0], Is.EqualTo(expected / distance).Within(1e-4).Percent);
        Assert.That(potentials[2], Is.EqualTo(2 / (4 * Math.PI)).Within(1e-4).Percent);
        Assert.That(gradients[7], Is.EqualTo(-2 / (4 * Math.PI)).Within(1e-4).Percent);
    }

    [Test]
    public void One_far_point_costs_the_others_no_work([Values(1e6, 1e12, 1e100)] double distance, [Values] bool apart)
    {
        Position[] cloud = Scene.Points("cube", 20_000, 3), far = [.. cloud, new Position(distance, 0, 0), new Position(0, -3 * distance, distance)];
        Position[] targets = Scene.Points("sphere", 5_000, 4);
        long Pairs(Position[] points)
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 5, LeafCapacity = 60 });
            if (apart) solver.SetPoints(points, [.. targets, new Position(0, 0, -distance)]);
            else solver.SetPoints(points);
            solver.Evaluate(PointClouds.Charges(points.Length, 1), new double[apart ? targets.Length + 1 : points.Length]);
            return solver.Method.Plan.NearPairs;
        }
        Assert.That(Pairs(far), Is.LessThan(1.1 * Pairs(cloud)));
    }

    [Test]
    public void Three_points_of_which_one_is_far_away([Values(1e7, 1e12)] double distance, [Values] Precision precision)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Precision = precision });
        double[] potentials = new double[3];
        solver.SetPoints([new Position(0.1, 0, 0), new Position(0.3, 0, 0), new Position(distance, 0, 0)]);
        solver.Evaluate([1, 1, 1], potentials);
        Assert.That(potentials[0], Is.EqualTo(0.397887).Within(1e-6));
        Assert.That(potentials[1], Is.EqualTo(0.397887).Within(1e-6));
    }

    [Test]
    public void Clusters_far_narrower_than_a_leaf_keep_their_fields([Values(1e-6, 1e-9, 1e-11)] double width, [Values] Precision precision, [Values(true, false)] bool gradient)
    {
        // Centres that are dyadic lie on the faces of boxes: a cluster falls into eight of them.
        Position[] centres = [new(0, 0, 0), new(1, 0, 0), new(0.5, 0.5, 0.5), new(0.3, 0.9, 0.7)];
        Position[] cloud = Scene.Points("cube", 381, 5);
        Position[] points = [.. cloud.Select((p, i) => new Position(
            centres[i % 4].X + (width * (p.X - 0.5)), centres[i % 4].Y + (width * (p.Y - 0.5)), centres[i % 4].Z + (width * (p.Z - 0.5))))];
        Check(default(Laplace), points, PointClouds.Charges(381, 1), precision, 60, 2e-6, gradient);
    }

    [Test]
    public void Opposite_pairs_close_together_keep_their_fields([Values(1e-5, 1e-9, 1e-12)] double distance, [Values] Precision precision)
    {
        Position[] half = Scene.Points("cube", 1500, 5);
        Position[] points = [.. half.SelectMany(p => new[] { p, new Position(p.X + distance, p.Y, p.Z) })];
        Check(default(Laplace), points, [.. Enumerable.Range(0, 3000).Select(i => i % 2 == 0 ? 1.0 : -1.0)], precision, 60, 2e-6, gradient: true);
    }

    [Test]
    public void A_kernel_that_is_screened_away_leaves_the_near_field([Values(1e3, 1e5, 1e20, 1e300)] double k, [Values] Precision precision)
    {
        Position[] points = [.. Scene.Points("cube", 3000, 5).Append(new Position(0.5, 0.5, 0.5)).Append(new Position(0.5, 0.5, 0.5 + (1 / k)))];
        Check(new Yukawa(k), points, PointClouds.Charges(points.Length, 1), precision, 60, precision == Precision.Single ? 5e-6 : 3e-8, gradient: true);
    }

    private static void Check<TKernel>(
        TKernel kernel, Position[] points, double[] charges, Precision precision, int leaf, double limit, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Scene scene = new(points, charges);
        (double[] potentials, double[] gradients) = scene.Solve(
            kernel, new FmmOptions { Order = precision == Precision.Single ? 6 : 7, LeafCapacity = leaf, Precision = precision, Gradient = gradient });
        // The last points are those that a test adds to a cloud.
        int[] chosen = [.. Enumerable.Range(0, points.Length).Where(i => i % Math.Max(1, points.Length / 150) == 0 || i > points.Length - 4)];
        Position[] targets = [.. chosen.Select(i => points[i])];
        int components = TKernel.PotentialComponents;
        Assert.That(
            ExactField.Error([.. chosen.SelectMany(i => potentials.AsSpan(i * components, components).ToArray())], ExactField.Of(kernel, points, charges, targets)),
            Is.LessThan(limit), "potential");
        if (!gradient) return;
        Assert.That(
            ExactField.Error(
                [.. chosen.SelectMany(i => gradients.AsSpan(3 * i * components, 3 * components).ToArray())],
                ExactField.Of(kernel, points, charges, targets, gradient: true)),
            Is.LessThan(10 * limit), "gradient");
    }
}

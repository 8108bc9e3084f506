using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What several charge vectors are to the rest of the engine.</summary>
public sealed class ChargeVectorsTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 40, Gradient = true };

    [Test]
    public void Point_by_point_they_are_the_same_to_the_last_bit([Values(1, 3, 10)] int count)
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 900, 3), count, 3);
        (double[] potentials, double[] gradients) = scene.Together(default(Stokes), _options);
        double[] p = new double[potentials.Length], g = new double[gradients.Length];
        using FmmSolver solver = scene.Solver(default(Stokes), _options);
        solver.Evaluate(new ChargeVectors(count, VectorOrder.PointMajor), PointMajor(scene.Charges, count, 3), p, g);
        Assert.That(p, Is.EqualTo(PointMajor(potentials, count, 3)));
        Assert.That(g, Is.EqualTo(PointMajor(gradients, count, 9)));
    }

    [Test]
    public void Their_bits_do_not_depend_on_the_number_of_threads([Values] Precision precision)
    {
        VectorScene scene = VectorScene.Of(Scene.Of("plummer", 4000), 9, 1);
        FmmOptions options = _options with { Precision = precision };
        (double[] potentials, double[] gradients) = scene.Together(default(Laplace), options with { Threads = 1 });
        foreach (int threads in new[] { 2, 5 })
        {
            (double[] p, double[] g) = scene.Together(default(Laplace), options with { Threads = threads });
            Assert.That(p, Is.EqualTo(potentials), $"{threads} threads");
            Assert.That(g, Is.EqualTo(gradients), $"{threads} threads");
        }
    }

    [Test]
    public void Every_width_of_registers_serves_them([Values] RegisterWidth width, [Values] bool gradient)
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 800), 13, 1);
        FmmOptions options = _options with { Registers = width, Gradient = gradient };
        Assert.That(VectorScene.Difference(scene.Together(default(Laplace), options).Potentials, scene.OneByOne(default(Laplace), options).Potentials), Is.LessThan(1e-10));
    }

    [Test]
    public void They_repeat_with_their_box()
    {
        Scene points = Scene.Of("cube", 600);
        VectorScene scene = VectorScene.Of(points, 4, 1);
        FmmOptions options = _options with { Periodic = new PeriodicBox(default, new Position(1, 1, 1)) };
        double[] neutral = scene.Charges;
        for (int vector = 0; vector < 4; vector++)
        {
            double mean = neutral.AsSpan(vector * 600, 600).ToArray().Average();
            for (int i = 0; i < 600; i++) neutral[(vector * 600) + i] -= mean;
        }
        (double[] together, double[] alone) = (scene.Together(new Laplace(), options).Potentials, scene.OneByOne(new Laplace(), options).Potentials);
        Assert.That(VectorScene.Difference(together, alone), Is.LessThan(1e-10));
    }

    [Test]
    public void Points_far_from_all_others_and_second_derivatives_come_with_them()
    {
        Scene cube = Scene.Of("cube", 500);
        Position[] points = [.. cube.Sources];
        for (int i = 0; i < 4; i++) points[i] = new Position(1e7 * (i + 1), -3e7 + i, 2e7);
        VectorScene scene = VectorScene.Of(new Scene(points, cube.Charges), 5, 1);
        FmmOptions options = _options with { Hessian = true };
        double[] potentials = new double[2500], gradients = new double[7500], hessians = new double[15000], one = new double[500], slopes = new double[1500], seconds = new double[3000];
        using FmmSolver solver = scene.Solver(default(Laplace), options);
        solver.Evaluate(scene.Vectors, scene.Charges, potentials, gradients, hessians);
        solver.Evaluate(scene.Charges.AsSpan(1500, 500), one, slopes, seconds);
        Assert.That(VectorScene.Difference(potentials[1500..2000], one), Is.LessThan(1e-10));
        Assert.That(VectorScene.Difference(gradients[4500..6000], slopes), Is.LessThan(1e-9));
        Assert.That(VectorScene.Difference(hessians[9000..12000], seconds), Is.LessThan(1e-13));
    }

    [TestCase(1e-7, TestName = "Close_pairs_in_single_precision_are_put_right_for_each")]
    [TestCase(1e-30, TestName = "Pairs_closer_than_single_precision_are_summed_in_double_for_each")]
    public void Close_pairs(double distance)
    {
        Position[] points = [.. Scene.Points("cube", 600, 1)];
        for (int i = 0; i < 300; i++) points[300 + i] = new Position(points[i].X + distance, points[i].Y, points[i].Z);
        for (int i = 0; i < 300 && distance < 1e-20; i++) points[300 + i] = new Position(points[i].X * distance, points[i].Y * distance, points[i].Z * distance);
        VectorScene scene = VectorScene.Of(new Scene(points, new double[600]), 6, 1);
        FmmOptions options = _options with { Precision = Precision.Single, Gradient = false };
        Assert.That(VectorScene.Difference(scene.Together(default(Laplace), options).Potentials, scene.OneByOne(default(Laplace), options).Potentials), Is.LessThan(1e-6));
    }

    [Test]
    public void The_report_counts_all_of_them()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 2000), 6, 1);
        using FmmSolver solver = scene.Solver(default(Laplace), _options with { Gradient = false });
        solver.Evaluate(scene.Charges.AsSpan(0, 2000), new double[2000]);
        FmmReport one = solver.Report;
        solver.Evaluate(scene.Vectors, scene.Charges, new double[12000]);
        FmmReport all = solver.Report;
        Assert.That((one.Vectors, all.Vectors), Is.EqualTo((1, 6)));
        Assert.That((one.Energy is null, all.Energy), Is.EqualTo((false, (double?)null)));
        Assert.That(Flops(all, "M2L"), Is.EqualTo(6 * Flops(one, "M2L")));
        Assert.That(Flops(all, "P2M"), Is.EqualTo(6 * Flops(one, "P2M")));
        Assert.That(all.Work.Single(work => work.System == "P2P").Pairs, Is.EqualTo(one.Work.Single(work => work.System == "P2P").Pairs), "a pair's geometry is evaluated once");
        Assert.That(all.Seconds.Total, Is.GreaterThan(all.Seconds.BySystem.Single(one => one.Key == "M2L").Value));
    }

    [Test]
    public void The_largest_error_of_any_counts_and_nothing_is_left_changed()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 1500), 3, 1);
        // Signs by place make a field that cancels: its error is many times that of the others.
        for (int i = 0; i < 1500; i++)
        {
            Position p = scene.Points.Sources[i];
            scene.Charges[i] = 1;
            scene.Charges[1500 + i] = (int)(16 * p.X) % 2 == 0 ? 1 : -1;
            scene.Charges[3000 + i] = 1;
        }
        FmmOptions options = new() { Order = 3, LeafCapacity = 40 };
        using FmmSolver solver = scene.Solver(default(Laplace), options), alone = scene.Solver(default(Laplace), options);
        solver.Evaluate(scene.Vectors, scene.Charges, new double[4500]);
        FieldError all = solver.Verify(300);
        alone.Evaluate(scene.Charges.AsSpan(1500, 1500), new double[1500]);
        FieldError worst = alone.Verify(300);
        alone.Evaluate(scene.Charges.AsSpan(0, 1500), new double[1500]);
        Assert.That(worst.PotentialL2, Is.GreaterThan(2 * alone.Verify(300).PotentialL2));
        Assert.That(all.PotentialL2, Is.EqualTo(worst.PotentialL2).Within(1e-6 * worst.PotentialL2));
        Assert.That(solver.Verify(300), Is.EqualTo(all), "again");
    }

    [Test]
    public void A_tolerance_is_kept_by_each_of_them()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 2000), 4, 1);
        for (int i = 0; i < 2000; i++)
        {
            scene.Charges[i] = 1;
            scene.Charges[6000 + i] = (int)(1e6 * scene.Points.Sources[i].X) % 2 == 0 ? 1 : -1;
        }
        using FmmSolver solver = scene.Solver(default(Laplace), new FmmOptions { Tolerance = 1e-6, LeafCapacity = 40 });
        double[] potentials = new double[8000], again = new double[8000];
        solver.Evaluate(scene.Vectors, scene.Charges, potentials);
        Assert.That(solver.Verify(500).PotentialL2, Is.LessThan(1e-6));
        solver.Evaluate(scene.Vectors, scene.Charges, again);
        Assert.That(again, Is.EqualTo(potentials), "all vectors are of the order that was found");
    }

    [Test]
    public void Lengths_that_do_not_fit_are_refused()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 100), 3, 1);
        using FmmSolver solver = scene.Solver(default(Laplace), _options with { Gradient = false });
        Assert.That(() => solver.Evaluate(new ChargeVectors(2), scene.Charges, new double[200]), Throws.ArgumentException.With.Message.Contains("charges has 300 numbers, but the points ask for 200: 1 for each of 100 in each of 2 vectors"));
        Assert.That(() => solver.Evaluate(scene.Vectors, scene.Charges, new double[299]), Throws.ArgumentException.With.Message.Contains("potentials has 299"));
        Assert.That(() => solver.Evaluate(default, [], []), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void One_that_ends_early_leaves_the_outputs_and_the_solver_as_they_were()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 500), 5, 1);
        using FmmSolver solver = scene.Solver(default(Laplace), _options with { Gradient = false });
        using CancellationTokenSource cancel = new();
        double[] potentials = [.. Enumerable.Repeat(7.0, 2500)], after = new double[2500];
        int gathered = 0;
        Listener stop = new(progress =>
        {
            if (progress.System == "GatherFields" && ++gathered == 3) cancel.Cancel();
        });
        Assert.That(() => solver.Evaluate(scene.Vectors, scene.Charges, potentials, progress: stop, cancellation: cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(potentials, Is.All.EqualTo(7.0));
        Assert.That(() => solver.Verify(10), Throws.InvalidOperationException);
        solver.Evaluate(scene.Vectors, scene.Charges, after);
        Assert.That(after, Is.EqualTo(scene.Together(default(Laplace), _options with { Gradient = false }).Potentials));
    }

    [Test]
    public void A_matrix_takes_several_at_once()
    {
        VectorScene scene = VectorScene.Of(Scene.Of("cube", 400), 4, 1);
        FmmOptions options = _options with { Gradient = false };
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), scene.Points.Sources, options);
        double[] y = [.. scene.Charges];
        matrix.Multiply(scene.Vectors, y, y);
        Assert.That(y, Is.EqualTo(scene.Together(default(Laplace), options).Potentials));
    }

    [Test]
    public void New_points_get_leaves_for_so_many()
    {
        // Sources that are not the targets: one vector alone pays a whole pair's geometry.
        Scene points = Scene.Of("plummer", "plummer", 30000);
        FmmOptions options = new() { Order = 4, Calibration = new Calibration(1, 1) };
        using FmmSolver one = FmmSolver.Create(default(Laplace), options), many = FmmSolver.Create(default(Laplace), options);
        one.SetPoints(points.Sources, points.Targets);
        one.Evaluate(points.Charges, new double[points.TargetCount]);
        many.SetPoints(points.Sources, points.Targets);
        many.Evaluate(new ChargeVectors(8), VectorScene.Of(points, 8, 1).Charges, new double[8 * points.TargetCount]);
        Assert.That(many.Report.Leaf, Is.GreaterThan(one.Report.Leaf));
    }

    private static long Flops(FmmReport report, string system) => report.Work.Single(work => work.System == system).Flops;

    private static double[] PointMajor(double[] vectors, int count, int numbers)
    {
        int points = vectors.Length / (count * numbers);
        double[] result = new double[vectors.Length];
        for (int vector = 0; vector < count; vector++)
            for (int i = 0; i < points * numbers; i++) result[(((i / numbers * count) + vector) * numbers) + (i % numbers)] = vectors[(vector * points * numbers) + i];
        return result;
    }
}

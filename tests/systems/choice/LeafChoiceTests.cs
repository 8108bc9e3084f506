using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Choice;

/// <summary>The leaf capacity that the engine chooses: from the points, those like them before, and the machine.</summary>
public sealed class LeafChoiceTests
{
    private static readonly string[] _clouds = ["cube", "sphere", "plummer", "squares", "line"];

    [Test]
    public void Noise_of_the_calibration_changes_nothing([ValueSource(nameof(_clouds))] string cloud, [Values] Precision precision)
    {
        Scene scene = Scene.Of(cloud, 20_000);
        FmmOptions options = new() { Order = 4, Precision = precision, Calibration = Calibration.Reference };
        int chosen = Leaf(scene, options);
        foreach (double near in new[] { 0.75, 0.9, 1.1, 1.35 })
        {
            foreach (double transfer in new[] { 0.75, 1, 1.35 })
                Assert.That(Leaf(scene, options with { Calibration = new Calibration(near, transfer) }), Is.EqualTo(chosen), $"{near} {transfer}");
        }
    }

    [Test]
    public void A_machine_whose_near_field_is_slow_gets_smaller_leaves([Values("sphere", "plummer")] string cloud, [Values] Precision precision)
    {
        Scene scene = Scene.Of(cloud, 40_000);
        FmmOptions options = new() { Order = 5, Precision = precision };
        int slow = Leaf(scene, options with { Calibration = new Calibration(8, 1) });
        int same = Leaf(scene, options with { Calibration = Calibration.Reference });
        int fast = Leaf(scene, options with { Calibration = new Calibration(1, 8) });
        Assert.That(slow, Is.LessThan(same));
        Assert.That(fast, Is.GreaterThanOrEqualTo(same));
    }

    [Test]
    public void A_machine_that_is_slow_at_everything_gets_the_same_leaves() => Assert.That(
        Leaf(Scene.Of("plummer", 20_000), new FmmOptions { Order = 5, Calibration = new Calibration(7, 7) }),
        Is.EqualTo(Leaf(Scene.Of("plummer", 20_000), new FmmOptions { Order = 5, Calibration = Calibration.Reference })));

    [Test]
    public void A_higher_order_never_gets_smaller_leaves([Values("sphere", "plummer")] string cloud)
    {
        Scene scene = Scene.Of(cloud, 20_000);
        int last = 0;
        foreach (int order in new[] { 2, 5, 8, 11 })
        {
            int leaf = Leaf(scene, new FmmOptions { Order = order, Calibration = Calibration.Reference });
            Assert.That(leaf, Is.GreaterThanOrEqualTo(last));
            last = leaf;
        }
    }

    [Test]
    public void Threads_do_not_matter([Values("cube", "plummer")] string cloud, [Values] Precision precision)
    {
        Scene scene = Scene.Of(cloud, 10_000);
        FmmOptions options = new() { Order = 3, Precision = precision, Threads = 1 };
        using FmmSolver one = FmmSolver.Create(default(Laplace), options);
        double[] expected = scene.Solve<Laplace>(one, gradient: false).Potentials;
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using FmmSolver many = FmmSolver.Create(default(Laplace), options with { Threads = threads });
            Assert.That(scene.Solve<Laplace>(many, gradient: false).Potentials, Is.EqualTo(expected));
            Assert.That(many.Report.Leaf, Is.EqualTo(one.Report.Leaf));
        }
    }

    [Test]
    public void Other_clouds_that_were_solved_before_do_not_matter()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, Threads = 2 });
        foreach (string cloud in new[] { "plummer", "cube", "sphere", "coincident", "cube" })
        {
            Scene scene = Scene.Of(cloud, 9000);
            double[] found = scene.Solve<Laplace>(solver, gradient: false).Potentials;
            Assert.That(found, Is.EqualTo(scene.Solve(default(Laplace), new FmmOptions { Order = 3, Threads = 2 }).Potentials));
        }
    }

    [Test]
    public void A_capacity_that_is_given_is_obeyed([Values(1, 77, 100_000)] int capacity)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, LeafCapacity = capacity });
        Scene.Of("plummer", 3000).Solve<Laplace>(solver, gradient: false);
        Assert.That((solver.Report.Leaf, solver.Report.Choice.LeafChosen), Is.EqualTo((capacity, false)));
    }

    [Test]
    public void A_uniform_depth_is_obeyed()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, UniformDepth = 3 });
        Scene.Of("plummer", 3000).Solve<Laplace>(solver, gradient: false);
        Assert.That((solver.Report.Tree.Depth, solver.Report.Choice.LeafChosen), Is.EqualTo((3, false)));
    }

    [Test]
    public void Unusual_points_get_a_tree_that_serves(
        [Values("coincident", "line", "corners", "far", "plane")] string cloud, [Values(1, 2, 40, 6000)] int count)
    {
        double error = Scene.Of(cloud, count).Error(default(Laplace), new FmmOptions { Order = 6 }).Potential;
        Assert.That(error, Is.LessThan(1e-4).Or.NaN);
    }

    [Test]
    public void Sources_and_targets_may_differ([Values("cube", "plummer", "apart")] string targets, [Values] Precision precision)
    {
        double error = Scene.Of("plummer", targets, 8000).Error(default(Laplace), new FmmOptions { Order = 6, Precision = precision }).Potential;
        Assert.That(error, Is.LessThan(1e-4));
    }

    [Test]
    public void A_machine_is_measured_once_and_then_remembered()
    {
        LoopSeconds first = CalibrationLoop<Laplace, double, Register256<double>>.Kept(gradient: false);
        Assert.That(CalibrationLoop<Laplace, double, Register256<double>>.Kept(gradient: false), Is.EqualTo(first));
        Assert.That(first.Pair, Is.InRange(1e-12, 1e-6));
        Assert.That(first.TransferFlop, Is.InRange(1e-13, 1e-7));
    }

    [Test]
    public void A_calibration_must_be_positive([Values(0, -1, double.NaN, double.PositiveInfinity)] double near) => Assert.That(
        () => new FmmOptions { Calibration = new Calibration(near, 1) }.Validate(),
        Throws.TypeOf<FmmOptionException>().With.Message.Contains("Calibration").And.Message.Contains("positive"));

    private static int Leaf(Scene scene, FmmOptions options) => LeafOf.Points(scene.Sources, options);
}

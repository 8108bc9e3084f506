using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A deepest level of the tree: what it stops keeps the direct sum's field, is told, and costs what the engine says.</summary>
public sealed class MaxLevelTests
{
    [Test]
    public void Clustered_clouds_give_the_direct_sum(
        [Values("plummer", "squares", "corners", "sphere")] string cloud, [Values(0, 1, 2, 4)] int level, [Values] Precision precision) =>
        Same(Scene.Of(cloud, 3000), Options(precision) with { LeafCapacity = 20, MaxLevel = level });

    [Test]
    public void Sources_and_targets_that_differ_give_the_direct_sum([Values(1, 3)] int level, [Values] Precision precision) =>
        Same(Scene.Of("plummer", "squares", 3000), Options(precision) with { LeafCapacity = 20, MaxLevel = level });

    [Test]
    public void Many_points_at_one_place_and_some_elsewhere_give_the_direct_sum([Values(0, 2, 5)] int level, [Values] Precision precision)
    {
        Position[] points = [.. Scene.Points("coincident", 700, 1), .. Scene.Points("plummer", 1500, 2), .. Scene.Points("coincident", 300, 3)];
        Same(new Scene(points, Scene.Of("cube", points.Length).Charges), Options(precision) with { LeafCapacity = 20, MaxLevel = level });
    }

    [Test]
    public void All_points_at_one_place_feel_nothing_and_no_leaf_counts_as_full([Values(0, 3)] int level)
    {
        Scene scene = Scene.Of("coincident", 300);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), Options(Precision.Double) with { LeafCapacity = 20, MaxLevel = level });
        Assert.That(scene.Solve<Laplace>(solver, gradient: true).Potentials, Is.All.EqualTo(0));
        Assert.That((solver.Report.Tree.FullLeaves, solver.Report.Tree.FullestLeaf), Is.EqualTo((0, 0)));
    }

    [Test]
    public void The_report_counts_the_leaves_that_the_level_stopped([Values("plummer", "cube", "corners")] string cloud, [Values(0, 1, 2)] int level, [Values] bool apart)
    {
        const int Capacity = 20;
        Scene scene = apart ? Scene.Of(cloud, "cube", 4000) : Scene.Of(cloud, 4000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), Options(Precision.Double) with { LeafCapacity = Capacity, MaxLevel = level, Order = 3 });
        scene.Solve<Laplace>(solver, gradient: true);
        RootCube root = solver.Method.Tree.Shape.RootCube;
        int[] sources = Cells(scene.Sources, root, level), targets = Cells(scene.Targets ?? scene.Sources, root, level);
        int[] most = [.. sources.Zip(targets, Math.Max).Where(count => count > Capacity)];
        TreeReport tree = solver.Report.Tree;
        Assert.That((tree.FullLeaves, tree.FullestLeaf, tree.Depth), Is.EqualTo((most.Length, most.DefaultIfEmpty().Max(), level)));
    }

    [Test]
    public void A_level_below_the_tree_changes_nothing([Values] Precision precision)
    {
        Scene scene = Scene.Of("squares", 4000);
        FmmOptions options = Options(precision) with { LeafCapacity = 40 };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options with { MaxLevel = 20 });
        double[] limited = scene.Solve<Laplace>(solver, gradient: true).Potentials;
        Assert.That(limited, Is.EqualTo(scene.Solve(default(Laplace), options).Potentials));
        Assert.That(solver.Report.Tree.FullLeaves, Is.Zero);
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads([Values(0, 2, 4)] int level, [Values] Precision precision)
    {
        Scene scene = Scene.Of("plummer", 6000);
        FmmOptions options = Options(precision) with { LeafCapacity = 30, MaxLevel = level, Order = 4 };
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options with { Threads = 1 });
        foreach (int threads in new[] { 2, 3, 8 })
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), options with { Threads = threads });
            Assert.That(p, Is.EqualTo(potentials), $"{threads} threads");
            Assert.That(g, Is.EqualTo(gradients), $"{threads} threads");
        }
    }

    [Test]
    public void A_capacity_is_chosen_within_the_level_too([Values("plummer", "sphere")] string cloud, [Values(0, 3)] int level)
    {
        Scene scene = Scene.Of(cloud, 20_000);
        FmmOptions options = Options(Precision.Double) with { MaxLevel = level, Calibration = Calibration.Reference };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        (double potential, _) = scene.Error(default(Laplace), scene.Solve<Laplace>(solver, gradient: true));
        Assert.That(potential, Is.LessThan(1e-4));
        Assert.That((solver.Report.Choice.LeafChosen, solver.Report.Tree.Depth), Is.EqualTo((true, level)));
    }

    [Test]
    public void A_uniform_tree_may_be_as_deep_as_the_level() =>
        Same(Scene.Of("cube", 2000), Options(Precision.Double) with { UniformDepth = 3, MaxLevel = 3 });

    [Test]
    public void Sums_that_wait_for_points_of_a_huge_leaf_never_outgrow_the_points()
    {
        const int Count = 250_000;
        using World world = World.Create();
        using ThreadDispatcher threads = new(2);
        Schedule<FmmStep> schedule = new("plan");
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), new FmmOptions { Order = 2, MaxLevel = 0, LeafCapacity = 100 }, schedule);
        // The sums themselves would take a minute.
        schedule.Remove<P2P>();
        schedule.Remove<GatherFields>();
        method.Tree.Input.Set(Scene.Points("cube", Count, 1));
        method.Charges.Values.Resize(Count);
        schedule.Update(FmmStep.Everything, threads);
        Assert.That((method.Plan.Mutual, method.Plan.NearPairs), Is.EqualTo((false, (long)Count * Count)));
    }

    private static int[] Cells(Position[] points, RootCube root, int level)
    {
        int side = 1 << level;
        int[] cells = new int[side * side * side];
        foreach (Position p in points) cells[(((At(p.X, root.Centre.X) * side) + At(p.Y, root.Centre.Y)) * side) + At(p.Z, root.Centre.Z)]++;
        return cells;

        int At(double x, double centre) => Math.Clamp((int)((x - centre + root.HalfWidth) / (2 * root.HalfWidth) * side), 0, side - 1);
    }

    private static void Same(Scene scene, FmmOptions options)
    {
        (double potential, double gradient) = scene.Error(default(Laplace), options);
        double bar = options.Precision == Precision.Single ? 1e-4 : 5e-5;
        Assert.That(potential, Is.LessThan(bar));
        Assert.That(gradient, Is.LessThan(20 * bar));
    }

    private static FmmOptions Options(Precision precision) => new() { Order = 6, Precision = precision, Gradient = true, Threads = 2 };
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of its properties.

/// <summary>The tree follows points that move: whatever path an update takes, its field is that of the points.</summary>
public sealed class FollowTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 30, Threads = 2 };

    /// <summary>Steps as parts of the cloud's size, and the path that each should take at least once.</summary>
    private static readonly TestCaseData[] _walks =
    [
        new TestCaseData("cube", 1e-6, Precision.Double, TreePath.Kept),
        new TestCaseData("cube", 4e-3, Precision.Double, TreePath.Refitted),
        new TestCaseData("cube", 4e-3, Precision.Single, TreePath.Refitted),
        new TestCaseData("sphere", 1e-2, Precision.Double, TreePath.Refitted),
        new TestCaseData("plummer", 1e-3, Precision.Single, TreePath.Refitted),
        new TestCaseData("plane", 1e-2, Precision.Double, TreePath.Refitted),
        new TestCaseData("cube", 0.3, Precision.Double, TreePath.Built),
    ];

    [TestCaseSource(nameof(_walks))]
    public void Every_path_gives_the_field_of_a_tree_built_anew(string cloud, double step, Precision precision, TreePath path)
    {
        Scene scene = Scene.Of(cloud, 4000);
        FmmOptions options = _options with { Precision = precision, Order = 5, Gradient = true };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        Random random = new(3);
        Position[] points = [.. scene.Sources];
        solver.SetPoints(points);
        double[] potentials = new double[points.Length], gradients = new double[3 * points.Length];
        solver.Evaluate(scene.Charges, potentials, gradients);
        for (int i = 0; i < 6; i++)
        {
            Walk(points, step, random);
            solver.MovePoints(points);
            solver.Evaluate(scene.Charges, potentials, gradients);
            FieldError followed = solver.Verify(400);
            using FmmSolver fresh = FmmSolver.Create(default(Laplace), options);
            fresh.SetPoints(points);
            fresh.Evaluate(scene.Charges, new double[points.Length], new double[3 * points.Length]);
            FieldError built = fresh.Verify(400);
            Assert.That(followed.PotentialL2, Is.LessThan(2 * built.PotentialL2), solver.Method.Tree.Use.Reason.ToString());
            Assert.That(followed.GradientL2, Is.LessThan(2 * built.GradientL2!.Value), solver.Method.Tree.Use.Reason.ToString());
        }
        Assert.That(solver.Method.Tree.Use.Count(path), Is.GreaterThan(0), $"{solver.Method.Tree.Use}, last {solver.Method.Tree.Use.Reason}");
    }

    [Test]
    public void Points_that_leave_a_box_that_repeats_are_followed_to_the_other_side([Values(PeriodicAxes.XYZ, PeriodicAxes.X)] PeriodicAxes axes)
    {
        Scene scene = Scene.Of("cube", 3000);
        double mean = scene.Charges.Average();
        double[] charges = [.. scene.Charges.Select(charge => charge - mean)], potentials = new double[3000], expected = new double[3000];
        FmmOptions options = _options with { Order = 5, Periodic = new PeriodicBox(new Position(-1, -1, -1), new Position(2, 2, 2), axes) };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options), fresh = FmmSolver.Create(default(Laplace), options);
        Position[] points = [.. scene.Sources];
        Random random = new(8);
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials);
        for (int step = 0; step < 4; step++)
        {
            for (int i = 0; i < points.Length; i++) points[i] = Near(new Position(points[i].X + 0.01, points[i].Y, points[i].Z), 0.02, random);
            solver.MovePoints(points);
            solver.Evaluate(charges, potentials);
            fresh.SetPoints(points);
            fresh.Evaluate(charges, expected);
            double error = Math.Sqrt(potentials.Zip(expected, (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(value => value * value));
            Assert.That(error, Is.LessThan(2e-4), solver.Method.Tree.Use.Reason.ToString());
        }
        Assert.That(solver.Method.Tree.Use.Count(TreePath.Refitted), Is.GreaterThan(0), $"{solver.Method.Tree.Use}, last {solver.Method.Tree.Use.Reason}");
    }

    [Test]
    public void Entities_that_move_are_followed_and_sorting_their_rows_changes_no_field()
    {
        using EntityScene entities = new(options: EntityScene.Options with { FollowPoints = true });
        Scene scene = Scene.Of("cube", 2000);
        Entity[] all = entities.Add(scene);
        Random random = new(4);
        for (int step = 0; step < 6; step++)
        {
            foreach (Entity one in all) entities.World.Get<Position>(one) = Near(entities.World.Read<Position>(one), 0.02, random);
            if (step == 3) entities.Method.SortEntities();
            entities.Update();
            double[] followed = [.. all.Select(entities.Potential)];
            Scene now = new([.. all.Select(one => entities.World.Read<Position>(one))], scene.Charges);
            double[] built = now.Solve(default(Laplace), EntityScene.Options).Potentials;
            Assert.That(followed.Zip(built, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(2e-3 * built.Max(Math.Abs)));
        }
        Assert.That(entities.Method.Tree.Use.Count(TreePath.Refitted), Is.GreaterThan(1), entities.Method.Tree.Use.ToString());
        // Rows stand in the order of the tree now: neighbours in memory are neighbours in space.
        Position[] rows = entities.Column<Position>(EntityScene.Charged);
        double apart = rows.Zip(rows.Skip(1), (a, b) => Math.Abs(a.X - b.X)).Average(), before = scene.Sources.Zip(scene.Sources.Skip(1), (a, b) => Math.Abs(a.X - b.X)).Average();
        Assert.That(apart, Is.LessThan(before / 4));
        entities.World.Destroy(all[0]);
        Assert.That(entities.Method.SortEntities, Throws.InvalidOperationException.With.Message.Contains("update first"));
    }

    [Test]
    public void The_bits_of_a_walk_do_not_depend_on_the_number_of_threads([Values] Precision precision)
    {
        ulong[][] one = Bits(precision, 1);
        foreach (int threads in new[] { 2, 3, 8 }) Assert.That(Bits(precision, threads), Is.EqualTo(one), $"{threads} threads");
    }

    [Test]
    public void Points_that_coincide_across_a_face_do_not_act_on_each_other([Values] Precision precision)
    {
        // Pairs that meet at one place from two leaves, and part again.
        Position[] points = Scene.Points("cube", 3000, 5), there = [.. points];
        double[] charges = [.. Enumerable.Repeat(1.0, 3000)], potentials = new double[3000];
        for (int i = 0; i < 3000; i += 2) there[i + 1] = there[i];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Precision = precision, Order = 6 });
        solver.SetPoints([.. points.Select((p, i) => i % 2 == 0 ? p : Near(points[i - 1], 1e-3 * (1 + (i % 9))))]);
        solver.Evaluate(charges, potentials);
        solver.MovePoints(there);
        solver.Evaluate(charges, potentials);
        Assert.That(solver.Method.Tree.Use.Last, Is.EqualTo(TreePath.Kept).Or.EqualTo(TreePath.Refitted));
        Assert.That(solver.Verify(3000).PotentialL2, Is.LessThan(1e-5));
    }

    [Test]
    public void The_same_points_elsewhere_are_followed_and_others_are_not()
    {
        Scene scene = Scene.Of("cube", 2000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        TreeUse Use(Action set)
        {
            set();
            solver.Evaluate(scene.Charges, new double[scene.Sources.Length]);
            return solver.Method.Tree.Use;
        }
        Assert.That(Use(() => solver.SetPoints(scene.Sources)).Reason, Is.EqualTo(TreeReason.First));
        Assert.That(Use(() => { }).Reason, Is.EqualTo(TreeReason.Still));
        Assert.That(Use(() => solver.MovePoints(scene.Sources)).Reason, Is.EqualTo(TreeReason.InLeaves));
        Assert.That(Use(() => solver.SetPoints(scene.Sources)).Reason, Is.EqualTo(TreeReason.OtherPoints));
        Position[] out1 = [.. scene.Sources];
        out1[7] = new Position(3, 0, 0);
        Assert.That(Use(() => solver.MovePoints(out1)).Reason, Is.EqualTo(TreeReason.LeftRoot));
        out1[7] = new Position(3.01, 0, 0);
        Assert.That(Use(() => solver.MovePoints(out1)).Reason, Is.Not.EqualTo(TreeReason.LeftRoot), "the new cube has room");
        Position[] mixed = [.. out1.Reverse()];
        Assert.That(Use(() => solver.MovePoints(mixed)).Reason, Is.EqualTo(TreeReason.TooMany));
        Assert.That(solver.Method.Tree.Use.ToString(), Does.StartWith("4 built").Or.StartWith("5 built"));
        using FmmSolver never = FmmSolver.Create(default(Laplace), _options with { FollowPoints = false });
        never.SetPoints(scene.Sources);
        never.Evaluate(scene.Charges, new double[scene.Sources.Length]);
        never.MovePoints(scene.Sources);
        never.Evaluate(scene.Charges, new double[scene.Sources.Length]);
        Assert.That(never.Method.Tree.Use.Reason, Is.EqualTo(TreeReason.NotAsked));
    }

    [Test]
    public void Points_to_move_are_as_many_as_there_are()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints(Scene.Points("cube", 10, 1));
        Assert.That(() => solver.MovePoints(Scene.Points("cube", 9, 1)), Throws.ArgumentException.With.Message.Contains("10 points to move, not 9"));
        Assert.That(() => solver.MovePoints(Scene.Points("cube", 10, 1), Scene.Points("cube", 10, 2)), Throws.InvalidOperationException);
        Position[] wrong = Scene.Points("cube", 10, 1);
        wrong[3] = new Position(double.NaN, 0, 0);
        Assert.That(() => solver.MovePoints(wrong), Throws.ArgumentException.With.Message.Contains("3"));
    }

    [Test]
    public void A_warm_step_allocates_nothing_on_any_path([Values(1e-6, 2e-3, 0.2)] double step, [Values] Precision precision)
    {
        Scene scene = Scene.Of("cube", 3000);
        Position[] points = [.. scene.Sources];
        double[] potentials = new double[points.Length];
        Random random = new(2);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Precision = precision });
        solver.SetPoints(points);
        solver.Evaluate(scene.Charges, potentials);
        Assert.That(
            Allocations.OfWarm(() =>
            {
                Walk(points, step, random);
                solver.MovePoints(points);
                solver.Evaluate(scene.Charges, potentials);
            }),
            Is.Zero, solver.Method.Tree.Use.ToString());
    }

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public void Every_target_counts_every_source_once_wherever_they_went(ushort seed, byte capacity, byte kinds, bool shared, byte steps, byte length)
    {
        string[] clouds = ["cube", "sphere", "plummer", "squares", "line", "plane", "corners"];
        Position[] sources = Scene.Points(clouds[kinds % 7], 1 + (seed % 1500), seed), targets = shared ? sources : Scene.Points(clouds[kinds / 7 % 7], 1 + (seed / 40 % 1500), seed + 1);
        double[] ones = [.. Enumerable.Repeat(1.0, sources.Length)], totals = new double[targets.Length];
        Random random = new(seed);
        double step = Math.Pow(10, -(length % 50) / 10.0);
        using FmmSolver solver = FmmSolver.Create(default(Counting), new FmmOptions { Order = 2, LeafCapacity = 1 + (capacity % 60), Threads = 1 });
        if (shared) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        solver.Evaluate(ones, totals);
        for (int i = 0; i <= steps % 8; i++)
        {
            Walk(sources, step, random);
            if (!shared) Walk(targets, step, random);
            if (shared) solver.MovePoints(sources);
            else solver.MovePoints(sources, targets);
            solver.Evaluate(ones, totals);
            HashSet<(double, double, double)> at = shared ? [] : [.. sources.Select(p => (p.X, p.Y, p.Z))];
            double expected = shared ? sources.Length - 1 : sources.Length;
            if (!shared && targets.Any(p => at.Contains((p.X, p.Y, p.Z)))) continue;
            if (shared && sources.Select(p => (p.X, p.Y, p.Z)).Distinct().Count() < sources.Length) continue;
            Assert.That(totals.Where(total => !(Math.Abs(total - expected) < 0.5)), Is.Empty, solver.Method.Tree.Use.ToString());
        }
    }

    private static ulong[][] Bits(Precision precision, int threads)
    {
        Scene scene = Scene.Of("cube", 3000);
        Position[] points = [.. scene.Sources];
        double[] potentials = new double[points.Length];
        Random random = new(11);
        List<ulong[]> all = [];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Precision = precision, Threads = threads });
        solver.SetPoints(points);
        solver.Evaluate(scene.Charges, potentials);
        foreach (double step in new[] { 1e-7, 2e-2, 2e-2, 1e-7, 3e-2, 2e-2, 3, 2e-2, 2e-2 })
        {
            Walk(points, step, random);
            solver.MovePoints(points);
            solver.Evaluate(scene.Charges, potentials);
            all.Add([.. potentials.Select(BitConverter.DoubleToUInt64Bits), (ulong)solver.Method.Tree.Use.Reason]);
        }
        Assert.That(solver.Method.Tree.Use.Count(TreePath.Refitted), Is.GreaterThan(2), string.Join(' ', all.Select(one => (TreeReason)one[^1])));
        return [.. all];
    }

    private static void Walk(Position[] points, double step, Random random)
    {
        for (int i = 0; i < points.Length; i++) points[i] = Near(points[i], step, random);
    }

    private static Position Near(Position p, double step, Random random) =>
        new(p.X + (step * (random.NextDouble() - 0.5)), p.Y + (step * (random.NextDouble() - 0.5)), p.Z + (step * (random.NextDouble() - 0.5)));

    private static Position Near(Position p, double step) => new(p.X + step, p.Y - step, p.Z + (step / 2));
}

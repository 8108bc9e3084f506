using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Choice;

/// <summary>When the leaf capacity is chosen again: when the points changed, and not at every step. By counts of samplings, not by the clock.</summary>
public sealed class LeafRepeatTests
{
    private static readonly FmmOptions _options = new() { Order = 3, Threads = 2, Calibration = Calibration.Reference };

    [Test]
    public void Points_that_move_a_little_are_sampled_once([Values("cube", "sphere", "plummer")] string cloud, [Values(600, 5000)] int count)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        Scene scene = Scene.Of(cloud, count);
        Position[] points = [.. scene.Sources], steps = Scene.Points("cube", count, 7);
        double[] potentials = new double[count];
        for (int step = 0; step < 25; step++)
        {
            for (int i = 0; i < count; i++)
                points[i] = new Position(points[i].X + (1e-4 * steps[i].X), points[i].Y - (1e-4 * steps[i].Y), points[i].Z + (1e-4 * steps[i].Z));
            solver.SetPoints(points);
            solver.Evaluate(scene.Charges, potentials);
            Assert.That(solver.Method.Leaf.Samplings, Is.EqualTo(1));
        }
        Assert.That(new Scene(points, scene.Charges).Error(default(Laplace), (potentials, [])).Potential, Is.LessThan(0.01));
    }

    [Test]
    public void Other_points_are_sampled_again()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        Scene drawnTogether = new([.. Scene.Points("cube", 5000, 1).Select((p, i) => i % 4 > 0 ? p : new Position(0.01 * p.X, 0.01 * p.Y, 0.01 * p.Z))], Scene.Of("cube", 5000).Charges);
        Scene[] scenes =
        [
            Scene.Of("cube", 5000), Scene.Of("sphere", 5000), Scene.Of("plummer", 5000), Scene.Of("line", 5000), Scene.Of("coincident", 5000),
            Scene.Of("cube", 5000), Scene.Of("cube", 6000), drawnTogether, Scene.Of("cube", "sphere", 5000), Scene.Of("sphere", "cube", 5000),
            Scene.Of("cube", "cube", 5000),
        ];
        for (int i = 0; i < scenes.Length; i++)
        {
            double[] found = scenes[i].Solve<Laplace>(solver, gradient: false).Potentials;
            Assert.That(solver.Method.Leaf.Samplings, Is.EqualTo(i + 1));
            Assert.That(found, Is.EqualTo(scenes[i].Solve(default(Laplace), _options).Potentials), "as a fresh solver");
        }
    }

    [Test]
    public void Points_that_grow_in_number_are_sampled_now_and_then()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        for (int count = 3000; count < 6000; count += 30) Scene.Of("cube", count).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Method.Leaf.Samplings, Is.InRange(8, 14));
    }

    [Test]
    public void Few_points_are_one_leaf_without_a_sample([Values(1, 2, 40, 100)] int count, [Values("cube", "sphere", "line", "coincident")] string cloud)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions());
        double[] found = Scene.Of(cloud, count).Solve<Laplace>(solver, gradient: false).Potentials;
        Assert.That((solver.Method.Leaf.Samplings, solver.Report.Tree.Depth, solver.Report.Choice.LeafChosen), Is.EqualTo((0, 0, true)));
        Assert.That(found, Is.EqualTo(Scene.Of(cloud, count).Solve(default(Laplace), new FmmOptions { LeafCapacity = 4096 }).Potentials));
    }

    [Test]
    public void Where_nothing_is_sampled_no_tree_would_have_been_cheaper(
        [Values(2, 4, 8)] int order, [Values("cube", "sphere", "plummer", "line", "corners")] string cloud,
        [Values(TransferStrategy.Fft, TransferStrategy.Compressed, TransferStrategy.Dense)] TransferStrategy strategy)
    {
        int unsampled = 0, samplings = 0;
        FmmOptions options = new() { Order = order, Transfer = strategy, Calibration = Calibration.Reference, Threads = 1 };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options); // one for all, whose operators are made once
        for (int count = 33; count < 1500; count = count * 5 / 4)
        {
            solver.Invalidate();
            Scene.Of(cloud, count).Solve<Laplace>(solver, gradient: false);
            bool sampled = solver.Method.Leaf.Samplings > samplings;
            samplings = solver.Method.Leaf.Samplings;
            if (sampled) continue;
            unsampled++;
            ExpansionSizes expansion = solver.Method.ExpansionSizes;
            CostModel model = new(expansion, Precision.Double, RegisterWidths.Best, gradient: false, pairFactor: 1);
            model.Calibrate(Calibration.Reference);
            using LeafSampler sampler = new(new Ledger());
            sampler.Take(PointKeys.Of(solver.World), expansion.Surface.Count, solver.Method.Tree.Settings, Jobs.Serial);
            double one = Cost(LeafLadder.Count - 1);
            for (int i = 0; i < LeafLadder.Count; i++) Assert.That(Cost(i), Is.GreaterThan(0.99 * one));

            double Cost(int capacity) => model.Near(sampler.Counts(capacity), shared: true) + model.Far(sampler.Counts(capacity), count, count);
        }
        TestContext.Out.WriteLine($"{unsampled} sizes");
        Assert.That(unsampled, Is.Positive);
    }

    [Test]
    public void An_invalidated_solver_chooses_as_a_fresh_one()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        for (int count = 3000; count < 3180; count += 30) Scene.Of("cube", count).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Method.Leaf.Samplings, Is.EqualTo(1));
        solver.Invalidate();
        Scene scene = Scene.Of("cube", 3150);
        Assert.That(scene.Solve<Laplace>(solver, gradient: false).Potentials, Is.EqualTo(scene.Solve(default(Laplace), _options).Potentials));
        Assert.That(solver.Method.Leaf.Samplings, Is.EqualTo(2));
    }

    [Test]
    public void When_an_evaluation_was_cancelled_does_not_matter([Range(0, 24, 2)] int finished, [Values("cube", "plummer")] string next)
    {
        Scene first = Scene.Of("cube", 4000), cancelled = Scene.Of("plummer", 4100), last = Scene.Of(next, 4200);
        FmmOptions options = _options with { Order = 5 };
        using FmmSolver never = FmmSolver.Create(default(Laplace), options), solver = FmmSolver.Create(default(Laplace), options);
        first.Solve<Laplace>(never, gradient: false);
        double[] expected = last.Solve<Laplace>(never, gradient: false).Potentials;
        first.Solve<Laplace>(solver, gradient: false);
        using CancellationTokenSource source = new();
        if (finished == 0) source.Cancel();
        solver.SetPoints(cancelled.Sources);
        Assert.That(
            () => solver.Evaluate(cancelled.Charges, new double[4100], default, new Listener(told =>
            {
                if (told.Finished == finished) source.Cancel();
            }), source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(last.Solve<Laplace>(solver, gradient: false).Potentials, Is.EqualTo(expected));
        Assert.That(solver.Report.Leaf, Is.EqualTo(never.Report.Leaf));
    }

    [Test]
    public void Threads_do_not_matter_for_points_that_move([Values(2, 3, 8)] int threads)
    {
        using FmmSolver one = FmmSolver.Create(default(Laplace), _options with { Threads = 1 });
        using FmmSolver many = FmmSolver.Create(default(Laplace), _options with { Threads = threads });
        for (int step = 0; step < 6; step++)
        {
            Scene scene = Scene.Of(step < 3 ? "sphere" : "plummer", 4000 + (100 * step), seed: step + 1);
            Assert.That(scene.Solve<Laplace>(many, gradient: false).Potentials, Is.EqualTo(scene.Solve<Laplace>(one, gradient: false).Potentials));
            Assert.That(many.Report.Leaf, Is.EqualTo(one.Report.Leaf));
        }
    }
}

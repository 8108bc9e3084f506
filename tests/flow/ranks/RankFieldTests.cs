using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>The field over ranks is that of one: to rounding where pairs are evaluated once for both points, else to the last bit.</summary>
internal sealed class RankFieldTests
{
    private const double Rounding = 2e-14;
    private static readonly int[] _counts = [1, 2, 3, 4, 7, 16];
    private static readonly FmmOptions _options = new() { Order = 5, LeafCapacity = 30, Gradient = true, Threads = 1 };

    [TestCase("cube", RankScene.Share.Even)]
    [TestCase("sphere", RankScene.Share.Growing)]
    [TestCase("plummer", RankScene.Share.LastRank)]
    [TestCase("corners", RankScene.Share.Even)]
    [TestCase("line", RankScene.Share.Growing)]
    public void It_is_that_of_one_rank_to_rounding(string cloud, RankScene.Share share)
    {
        Scene scene = Scene.Of(cloud, 3000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), _options);
        foreach (int ranks in _counts)
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), _options, ranks, share);
            Assert.That(RankScene.Difference(p, potentials), Is.LessThan(Rounding), $"potentials of {ranks} ranks");
            Assert.That(RankScene.Difference(g, gradients), Is.LessThan(Rounding), $"gradients of {ranks} ranks");
        }
    }

    [TestCase("cube", "sphere", Precision.Double)]
    [TestCase("plummer", "plummer", Precision.Double)]
    [TestCase("corners", "cube", Precision.Single)]
    [TestCase("cube", "apart", Precision.Double)]
    public void Where_sources_and_targets_differ_it_has_the_same_bits_on_any_number_of_ranks_and_threads(string sources, string targets, Precision precision)
    {
        Scene scene = Scene.Of(sources, targets, 3000);
        FmmOptions options = _options with { Precision = precision };
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options);
        foreach (int ranks in _counts)
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), options with { Threads = ranks < 4 ? 2 : 1 }, ranks, RankScene.Share.Growing);
            Assert.That(DeterminismTests.Bits(p), Is.EqualTo(DeterminismTests.Bits(potentials)), $"potentials of {ranks} ranks");
            Assert.That(DeterminismTests.Bits(g), Is.EqualTo(DeterminismTests.Bits(gradients)), $"gradients of {ranks} ranks");
        }
    }

    [Test]
    public void Without_mutual_pairs_it_has_the_same_bits_on_any_number_of_ranks([Values("cube", "plummer")] string cloud)
    {
        Scene scene = Scene.Of(cloud, 3000);
        FmmOptions options = _options with { MutualPairs = false };
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options);
        foreach (int ranks in _counts)
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), options, ranks);
            Assert.That(DeterminismTests.Bits(p), Is.EqualTo(DeterminismTests.Bits(potentials)), $"potentials of {ranks} ranks");
            Assert.That(DeterminismTests.Bits(g), Is.EqualTo(DeterminismTests.Bits(gradients)), $"gradients of {ranks} ranks");
        }
    }

    [Test]
    public void On_as_many_ranks_it_has_the_same_bits_whatever_the_number_of_threads([Values] Precision precision)
    {
        Scene scene = Scene.Of("plummer", 6000);
        FmmOptions options = _options with { Precision = precision };
        double[] one = scene.Solve(default(Laplace), options, 3).Potentials;
        foreach (int threads in new[] { 2, 3 })
            Assert.That(DeterminismTests.Bits(scene.Solve(default(Laplace), options with { Threads = threads }, 3).Potentials), Is.EqualTo(DeterminismTests.Bits(one)), $"{threads} threads");
    }

    [TestCase(TransferStrategy.Fft)]
    [TestCase(TransferStrategy.Dense)]
    [TestCase(TransferStrategy.Compressed)]
    [TestCase(TransferStrategy.LowRank)]
    public void Every_way_of_transfers_has_the_same_bits(TransferStrategy transfer)
    {
        Scene scene = Scene.Of("squares", "cube", 2500);
        FmmOptions options = _options with { Transfer = transfer, Order = 4 };
        double[] one = scene.Solve(default(Laplace), options).Potentials;
        Assert.That(DeterminismTests.Bits(scene.Solve(default(Laplace), options, 5).Potentials), Is.EqualTo(DeterminismTests.Bits(one)));
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(40)]
    public void Ranks_without_points_take_part(int points)
    {
        Scene scene = Scene.Of("cube", points);
        double[] one = scene.Solve(default(Laplace), _options).Potentials;
        foreach (int ranks in new[] { 2, 7 })
            Assert.That(RankScene.Difference(scene.Solve(default(Laplace), _options, ranks).Potentials, one), Is.LessThan(Rounding), $"{ranks} ranks");
    }

    [Test]
    public void Points_that_coincide_stay_together()
    {
        Scene scene = Scene.Of("coincident", 500);
        Assert.That(scene.Solve(default(Laplace), _options, 3).Potentials, Is.All.Zero);
        Position[] points = [.. Scene.Points("cube", 800, 1), .. Enumerable.Repeat(new Position(0.7, 0.2, 0.9), 300)];
        Scene mixed = new(points, [.. Enumerable.Range(0, points.Length).Select(i => (i % 3) - 1.0)]);
        double[] one = mixed.Solve(default(Laplace), _options).Potentials;
        Assert.That(RankScene.Difference(mixed.Solve(default(Laplace), _options, 4).Potentials, one), Is.LessThan(Rounding));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(4)]
    public void Trees_of_a_given_depth_are_those_of_one_rank(int depth)
    {
        Scene scene = Scene.Of("cube", "sphere", 2000);
        FmmOptions options = _options with { LeafCapacity = null, UniformDepth = depth };
        double[] one = scene.Solve(default(Laplace), options).Potentials;
        Assert.That(DeterminismTests.Bits(scene.Solve(default(Laplace), options, 4).Potentials), Is.EqualTo(DeterminismTests.Bits(one)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_few_points_far_away_act_on_all_ranks(bool apart)
    {
        Position[] points = Scene.Points("cube", 2000, 5);
        (points[3], points[700], points[1999]) = (new Position(3e12, -1e12, 0), new Position(3e12, -1e12, 5), new Position(-4e11, 2, 1));
        double[] charges = [.. Enumerable.Range(0, points.Length).Select(i => (i % 5) - 1.0)];
        Position[] targets = [.. Scene.Points("cube", 1500, 6), new Position(2e12, 0, 0)];
        Scene scene = apart ? new(points, charges, targets) : new(points, charges);
        FmmOptions options = _options with { Hessian = true };
        (double[] potentials, double[] gradients, double[] seconds) = Solve(null);
        foreach (int ranks in new[] { 2, 5 })
        {
            (double[] p, double[] g, double[] s) = Solve(ranks);
            Assert.That(RankScene.Difference(p, potentials), Is.LessThan(Rounding), $"potentials of {ranks} ranks");
            Assert.That(RankScene.Difference(g, gradients), Is.LessThan(Rounding), $"gradients of {ranks} ranks");
            Assert.That(RankScene.Difference(s, seconds), Is.LessThan(1e-12), $"second derivatives of {ranks} ranks");
            foreach (int far in apart ? [1500] : new[] { 3, 700, 1999 })
                Assert.That(p[far], Is.EqualTo(potentials[far]).Within(1e-13 * Math.Abs(potentials[far])), $"point {far} on {ranks} ranks");
        }

        (double[], double[], double[]) Solve(int? ranks)
        {
            double[] p = new double[scene.TargetCount], g = new double[3 * p.Length], s = new double[6 * p.Length];
            ThreadRanks.Run(ranks ?? 1, one =>
            {
                Range sources = RankScene.Of(scene.Sources.Length, one), own = RankScene.Of(p.Length, one);
                using FmmSolver solver = FmmSolver.Create(default(Laplace), options, one);
                scene.SetPoints(solver, sources, own);
                solver.Evaluate(charges.AsSpan(sources), p.AsSpan(own), RankScene.Numbers(g, own, 3), RankScene.Numbers(s, own, 6));
            });
            return (p, g, s);
        }
    }

    [Test]
    public void With_a_leaf_capacity_of_the_engines_choice_the_error_is_that_of_the_order()
    {
        Scene scene = Scene.Of("plummer", 8000);
        FmmOptions options = _options with { LeafCapacity = null };
        double one = scene.Error(default(Laplace), options).Potential;
        Assert.That(scene.Error(default(Laplace), scene.Solve(default(Laplace), options, 4)).Potential, Is.LessThan(2 * one));
    }

    [Test]
    public void Axes_that_repeat_repeat_over_ranks([Values(PeriodicAxes.XYZ, PeriodicAxes.X, PeriodicAxes.X | PeriodicAxes.Y)] PeriodicAxes axes, [Values(1, 0.25)] double height)
    {
        Position[] points = [.. Scene.Points("cube", 1500, 3).Select(p => new Position(p.X, p.Y, p.Z * height))];
        Scene scene = new(points, [.. Enumerable.Range(0, points.Length).Select(i => i % 2 == 0 ? 1.0 : -0.9)]);
        FmmOptions options = _options with { Order = 4, Periodic = new PeriodicBox(default, new Position(1, 1, height), axes) };
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options);
        foreach (int ranks in new[] { 2, 5 })
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), options, ranks);
            Assert.That(RankScene.Difference(p, potentials), Is.LessThan(1e-12), $"{ranks} ranks");
            Assert.That(RankScene.Difference(g, gradients), Is.LessThan(1e-12), $"{ranks} ranks");
        }
    }

    [Test]
    public void Points_outside_a_box_that_repeats_are_wrapped_where_they_are_given()
    {
        Position[] inside = Scene.Points("cube", 600, 4), outside = [.. inside.Select((p, i) => new Position(p.X + (i % 3) - 1, p.Y, p.Z - (i % 2)))];
        double[] charges = [.. Enumerable.Range(0, 600).Select(i => (i % 2) - 0.5)];
        FmmOptions options = _options with { Periodic = new PeriodicBox(default, new Position(1, 1, 1), PeriodicAxes.XYZ) { Wraps = true } };
        double[] one = new Scene(inside, charges).Solve(default(Laplace), options).Potentials;
        Assert.That(RankScene.Difference(new Scene(outside, charges).Solve(default(Laplace), options, 3).Potentials, one), Is.LessThan(1e-10));
    }
}

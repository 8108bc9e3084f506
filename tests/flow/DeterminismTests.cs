using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>The same points and charges give the same bits, however many threads work and however often.</summary>
public sealed class DeterminismTests
{
    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads([Values("cube", "plummer")] string cloud, [Values] Precision precision)
    {
        Scene scene = Scene.Of(cloud, 8000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), Options(precision, 1));
        foreach (int threads in new[] { 2, 3, 8 })
        {
            (double[] p, double[] g) = scene.Solve(default(Laplace), Options(precision, threads));
            Assert.That(Bits(p), Is.EqualTo(Bits(potentials)), $"potentials, {threads} threads");
            Assert.That(Bits(g), Is.EqualTo(Bits(gradients)), $"gradients, {threads} threads");
        }
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads_where_sources_and_targets_differ()
    {
        Scene scene = Scene.Of("plummer", "cube", 5000);
        double[] one = scene.Solve(default(Laplace), Options(Precision.Double, 1)).Potentials;
        Assert.That(Bits(scene.Solve(default(Laplace), Options(Precision.Double, 3)).Potentials), Is.EqualTo(Bits(one)));
    }

    [Test]
    public void Transfers_that_leave_something_out_give_the_same_bits_for_any_number_of_threads(
        [Values("cube", "plummer", "sphere")] string cloud, [Values] Precision precision, [Values(TransferStrategy.Compressed, TransferStrategy.LowRank)] TransferStrategy transfer)
    {
        Scene scene = Scene.Of(cloud, 8000);
        double[] one = scene.Solve(default(Laplace), Options(precision, 1) with { Transfer = transfer }).Potentials;
        foreach (int threads in new[] { 2, 5 })
        {
            double[] potentials = scene.Solve(default(Laplace), Options(precision, threads) with { Transfer = transfer }).Potentials;
            Assert.That(Bits(potentials), Is.EqualTo(Bits(one)), $"{threads} threads");
        }
    }

    [Test]
    public void Evaluations_of_the_same_charges_give_the_same_bits([Values] bool rebuild)
    {
        Scene scene = Scene.Of("plummer", 4000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), Options(Precision.Double, 3));
        (double[] potentials, double[] gradients) = scene.Solve<Laplace>(solver, gradient: true);
        double[] p = new double[potentials.Length], g = new double[gradients.Length];
        for (int i = 0; i < 8; i++)
        {
            if (rebuild) solver.Invalidate();
            solver.Evaluate(scene.Charges, p, g);
            Assert.That(Bits(p), Is.EqualTo(Bits(potentials)));
            Assert.That(Bits(g), Is.EqualTo(Bits(gradients)));
        }
    }

    [Test]
    public void New_charges_on_a_standing_tree_give_the_bits_of_a_fresh_solver([Values] Precision precision)
    {
        Scene first = Scene.Of("plummer", 4000), second = new(first.Sources, Scene.Of("plummer", 4000, seed: 9).Charges);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), Options(precision, 2));
        first.Solve<Laplace>(solver, gradient: true);
        double[] p = new double[4000], g = new double[12000];
        solver.Evaluate(second.Charges, p, g);
        (double[] potentials, double[] gradients) = second.Solve(default(Laplace), Options(precision, 2));
        Assert.That(Bits(p), Is.EqualTo(Bits(potentials)));
        Assert.That(Bits(g), Is.EqualTo(Bits(gradients)));
    }

    [Test]
    public void New_points_give_the_bits_of_a_fresh_solver_whatever_was_solved_before()
    {
        Scene[] scenes =
        [
            Scene.Of("plummer", 6000), Scene.Of("cube", 10), Scene.Of("cube", "apart", 3000), Scene.Of("coincident", 100),
            Scene.Of("corners", 2500), Scene.Of("sphere", "plummer", 500), Scene.Of("squares", 4000),
        ];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), Options(Precision.Double, 2));
        foreach (Scene scene in scenes)
        {
            (double[] p, double[] g) = scene.Solve<Laplace>(solver, gradient: true);
            (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), Options(Precision.Double, 2));
            Assert.That(Bits(p), Is.EqualTo(Bits(potentials)));
            Assert.That(Bits(g), Is.EqualTo(Bits(gradients)));
        }
    }

    [Test]
    public void A_kernel_with_a_length_gives_the_bits_of_a_fresh_solver_when_the_domain_changes()
    {
        using FmmSolver solver = FmmSolver.Create(new Yukawa(2), Options(Precision.Double, 2));
        foreach (string cloud in new[] { "cube", "plummer", "cube", "squares" })
        {
            Scene scene = Scene.Of(cloud, 2000);
            double[] found = scene.Solve<Yukawa>(solver, gradient: true).Potentials;
            Assert.That(Bits(found), Is.EqualTo(Bits(scene.Solve(new Yukawa(2), Options(Precision.Double, 2)).Potentials)));
        }
    }

    private static FmmOptions Options(Precision precision, int threads) =>
        new() { Order = 4, LeafCapacity = 25, Gradient = true, Precision = precision, Threads = threads };

    internal static long[] Bits(double[] numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];
}

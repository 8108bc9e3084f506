using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>M2L compressed to a rank, in whole solves.</summary>
public sealed class LowRankTests
{
    [Test]
    public void The_error_falls_with_the_rank_to_that_of_the_order([Values("cube", "sphere")] string cloud, [Values] Precision precision)
    {
        Scene scene = Scene.Of(cloud, 6000);
        double own = Error(scene, default(Laplace), Options(precision) with { Transfer = TransferStrategy.Dense });
        double last = double.PositiveInfinity;
        foreach (int rank in new[] { 4, 10, 20, 40 })
        {
            double error = Error(scene, default(Laplace), Options(precision) with { Rank = rank });
            TestContext.Out.WriteLine($"{rank}: {error:0.0e+0}, {own:0.0e+0} without");
            Assert.That(error, Is.LessThan(0.7 * last));
            last = error;
        }
        Assert.That(last, Is.GreaterThan(1.2 * own));
        Assert.That(Error(scene, default(Laplace), Options(precision) with { Rank = 90 }), Is.EqualTo(own).Within(0.02 * own));
    }

    [Test]
    public void The_full_rank_gives_what_dense_matrices_give([Values(90, 98, 1000)] int rank)
    {
        Scene scene = Scene.Of("plummer", 4000);
        double[] dense = scene.Solve(default(Laplace), Options(Precision.Double) with { Transfer = TransferStrategy.Dense }).Potentials;
        double[] full = scene.Solve(default(Laplace), Options(Precision.Double) with { Rank = rank }).Potentials;
        Assert.That(DirectField.Error(full, dense), Is.LessThan(rank == 90 ? 1e-6 : 1e-13));
    }

    [Test]
    public void Without_a_rank_the_order_keeps_its_error([Values(3, 4, 5, 6, 7)] int order, [Values] Precision precision)
    {
        Scene scene = Scene.Of("cube", 5000);
        FmmOptions options = Options(precision) with { Order = order, LeafCapacity = 60 };
        double own = Error(scene, default(Laplace), options with { Transfer = TransferStrategy.Fft });
        Assert.That(Error(scene, default(Laplace), options with { Transfer = TransferStrategy.LowRank }), Is.LessThan((1.2 * own) + 1e-7));
    }

    [Test]
    public void Kernels_with_a_length_of_vectors_and_without_mirror_images_keep_the_orders_error([Values] TransferSides sides)
    {
        FmmOptions options = Options(Precision.Double) with { Order = 4, Transfer = TransferStrategy.LowRank, LowRank = new LowRankOptions { Sides = sides } };
        Keeps(Scene.Of("plummer", 3000), new Yukawa(3), options);
        Keeps(Scene.Of("cube", 1500, 3), new Stokes(1), options);
        Keeps(Scene.Of("cube", 2000), default(Skewed), options);

        static void Keeps<TKernel>(Scene scene, TKernel kernel, FmmOptions options)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            double own = Error(scene, kernel, options with { Transfer = TransferStrategy.Fft });
            Assert.That(Error(scene, kernel, options), Is.LessThan(1.2 * own), TKernel.Name);
        }
    }

    [Test]
    public void A_kernel_with_a_length_is_decomposed_for_each_level()
    {
        using FmmSolver solver = FmmSolver.Create(new Yukawa(3), Options(Precision.Double) with { Order = 3, Rank = 15, LeafCapacity = 10 });
        Scene.Of("cube", 3000).Solve<Yukawa>(solver, gradient: false);
        LevelSet<LowRankOperators<double>> set = solver.World.Resource<LevelSet<LowRankOperators<double>>>();
        Assert.That(solver.Report.Tree.Depth, Is.GreaterThan(2));
        for (int level = 3; level <= solver.Report.Tree.Depth; level++) Assert.That(set[level].HalfWidth, Is.EqualTo(set[level - 1].HalfWidth / 2));
    }

    [Test]
    public void A_rank_or_its_tolerance_alone_names_the_strategy()
    {
        Assert.That(Strategy(new FmmOptions { Rank = 20 }), Is.EqualTo(TransferStrategy.LowRank));
        Assert.That(Strategy(new FmmOptions { LowRank = new LowRankOptions { Tolerance = 1e-3 } }), Is.EqualTo(TransferStrategy.LowRank));
        Assert.That(Strategy(new FmmOptions { LowRank = new LowRankOptions { Seed = 5 } }), Is.Not.EqualTo(TransferStrategy.LowRank));

        static TransferStrategy Strategy(FmmOptions options)
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), options with { Order = 4, LeafCapacity = 50 });
            Scene.Of("cube", 500).Solve<Laplace>(solver, gradient: false);
            return solver.Report.Transfer;
        }
    }

    [Test]
    public void Options_that_cannot_be_used_are_refused_with_what_to_do()
    {
        Refused(new() { Rank = 0 }, "Rank", "1 or more");
        Refused(new() { Rank = 20, Transfer = TransferStrategy.Fft }, "Rank", "Fft has no rank; choose LowRank");
        Refused(new() { LowRank = new() { Tolerance = 1e-3 }, Transfer = TransferStrategy.Dense }, "LowRank.Tolerance", "Dense has no rank");
        Refused(new() { Rank = 20, LowRank = new() { Tolerance = 1e-3 } }, "Rank", "not both");
        Refused(new() { LowRank = new() { Tolerance = 1 } }, "LowRank.Tolerance", "below 1");
        Refused(new() { LowRank = new() { Tolerance = double.NaN } }, "LowRank.Tolerance", "above 0");
        Refused(new() { LowRank = new() { Oversampling = -1 } }, "LowRank.Oversampling", "0 to 1000");
        Refused(new() { LowRank = new() { PowerIterations = 21 } }, "LowRank.PowerIterations", "0 to 20");
        Refused(new() { LowRank = new() { Sides = (TransferSides)7 } }, "LowRank.Sides", "Both, Target");

        static void Refused(FmmOptions options, string option, string remedy)
        {
            FmmOptionException fault = Assert.Throws<FmmOptionException>(() => FmmSolver.Create(default(Laplace), options).Dispose())!;
            Assert.That(fault.Option, Is.EqualTo(option));
            Assert.That(fault.Message, Does.Contain(remedy));
        }
    }

    private static FmmOptions Options(Precision precision) => new() { Order = 5, LeafCapacity = 40, Precision = precision, Threads = 2 };

    private static double Error<TKernel>(Scene scene, TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        scene.Solve<TKernel>(solver, gradient: false);
        return solver.Verify(500).PotentialL2;
    }
}

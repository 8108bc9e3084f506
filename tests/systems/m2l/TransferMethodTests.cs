using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>What the method asks of a way to carry out M2L.</summary>
public sealed class TransferMethodTests
{
    [Test]
    public void Every_name_has_its_method([Values] TransferStrategy strategy) => Assert.That(TransferMethod.Of(strategy).Strategy, Is.EqualTo(strategy));

    [Test]
    public void A_name_that_is_none_is_refused_with_those_that_are() =>
        Assert.That(() => TransferMethod.Of((TransferStrategy)99), Throws.TypeOf<FmmOptionException>().With.Message.Contains("Fft").And.Message.Contains("Dense"));

    [Test]
    public void The_compressed_one_refuses_a_kernel_without_mirror_images_and_the_others_take_it()
    {
        Assert.That(() => TransferMethod.Of(TransferStrategy.Compressed).Demand(default(Skewed)),
            Throws.TypeOf<FmmOptionException>().With.Message.Contains("mirror images").And.Message.Contains("Fft"));
        Assert.DoesNotThrow(() => TransferMethod.Of(TransferStrategy.Fft).Demand(default(Skewed)));
        Assert.DoesNotThrow(() => TransferMethod.Of(TransferStrategy.Dense).Demand(default(Skewed)));
        Assert.DoesNotThrow(() => TransferMethod.Of(TransferStrategy.Compressed).Demand(default(Stretched)));
    }

    [Test]
    public void A_kernel_without_mirror_images_is_given_the_transform_and_dense_and_low_rank_matrices_are_never_chosen([Range(2, 16)] int order, [Values] Precision precision)
    {
        Assert.That(TransferChoice.For(default(Skewed), order, precision), Is.TypeOf<FftTransfer>());
        Assert.That(TransferChoice.For(default(Laplace), order, precision), Is.Not.TypeOf<DenseTransfer>().And.Not.TypeOf<LowRankTransfer>());
    }

    [Test]
    public void Each_has_a_cost_at_every_order([Values] TransferStrategy strategy, [Values] Precision precision, [Range(2, 16)] int order)
    {
        TransferCost cost = TransferMethod.Of(strategy).Cost(order, precision);
        Assert.That(cost.Pair, Is.GreaterThan(0).And.LessThan(0.1));
        Assert.That(cost.Octet, Is.GreaterThanOrEqualTo(0).And.LessThan(0.1));
    }

    [Test]
    public void A_report_tells_the_ranks_of_compressed_and_of_low_rank_transfers_alone([Values] TransferStrategy strategy, [Values] Precision precision)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 4, LeafCapacity = 20, Transfer = strategy, Precision = precision });
        Scene.Of("cube", 1000).Solve<Laplace>(solver, gradient: false);
        if (strategy == TransferStrategy.Compressed) Assert.That(solver.Report.Ranks, Does.StartWith("common ").And.Contains(" of 56"));
        else if (strategy == TransferStrategy.LowRank) Assert.That(solver.Report.Ranks, Does.Match("^[1-5][0-9] of 56$"));
        else Assert.That(solver.Report.Ranks, Is.Null);
    }

    [Test]
    public void Without_a_far_field_a_kernel_with_a_length_has_no_ranks_to_tell()
    {
        using FmmSolver solver = FmmSolver.Create(new Yukawa(1), new FmmOptions { Order = 3, LeafCapacity = 2000, Transfer = TransferStrategy.Compressed });
        Scene.Of("cube", 500).Solve<Yukawa>(solver, gradient: false);
        Assert.That(solver.Report.Ranks, Is.Null);
    }

    [Test]
    public void M2L_without_its_operators_names_the_system_that_makes_them([Values] TransferStrategy strategy)
    {
        using World world = World.Create();
        TransferMethod.Of(strategy).Enter<double>(world);
        string message = strategy switch
        {
            TransferStrategy.Fft => Message<FftOperators<double>>(world),
            TransferStrategy.Dense => Message<DenseOperators<double>>(world),
            TransferStrategy.LowRank => Message<LowRankOperators<double>>(world),
            _ => Message<CompressedOperators<double>>(world),
        };
        Assert.That(message, Does.Contain(nameof(PrepareTransfers)));

        static string Message<TOperators>(World world)
            where TOperators : class, ILevelOperators<TOperators> =>
            Assert.Throws<InvalidOperationException>(() => _ = world.Resource<LevelSet<TOperators>>()[3])!.Message;
    }
}

using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>M2L by transforms, by compressed matrices and by matrices of low rank against M2L by dense ones: the same sums in another order.</summary>
[TestFixture(TypeArgs = [typeof(Laplace)])]
[TestFixture(TypeArgs = [typeof(Yukawa)])]
[TestFixture(TypeArgs = [typeof(Stokes)])]
[TestFixture(TypeArgs = [typeof(Stretched)])]
[TestFixture(TypeArgs = [typeof(Pull)])]
public sealed class TransferTests<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static readonly TKernel _kernel = typeof(TKernel) == typeof(Yukawa) ? (TKernel)(object)new Yukawa(3) : default;

    [Test]
    public void Both_strategies_agree_to_rounding_in_double_precision([Values(2, 3, 4, 6, 8)] int order) =>
        Compare<double, Register256<double>>(order, 1e-13);

    [Test]
    public void Both_strategies_agree_to_rounding_in_single_precision([Values(2, 3, 5, 7)] int order) =>
        Compare<float, Register256<float>>(order, 2e-6);

    [Test]
    public void Both_strategies_agree_with_the_widest_registers([Values(2, 5)] int order) => Compare<double, Register512<double>>(order, 1e-13);

    [Test]
    public void The_sizes_of_windows_and_passes_change_nothing([Values(1, 9, 40)] int windowOctets, [Values(1, 200_000)] long passBytes)
    {
        Position[] points = PointClouds.Draw(default(Plummer), 400, 7);
        double[] charges = PointClouds.Charges(points.Length * TKernel.SourceComponents, 7);
        using OperatorWorld<TKernel, double, Register256<double>> whole = new(_kernel, 3, new TreeSettings(3, null), points, charges);
        using OperatorWorld<TKernel, double, Register256<double>> cut = new(_kernel, 3, new TreeSettings(3, null), points, charges);
        whole.Upward();
        whole.Transfer();
        cut.Upward();
        cut.Transfer(windowOctets, passBytes);
        double[] found = [.. Node.WithExpansions(cut.World).SelectMany(cut.Row<Local>)];
        double[] expected = [.. Node.WithExpansions(whole.World).SelectMany(whole.Row<Local>)];
        Assert.That(DirectField.Error(found, expected), Is.LessThanOrEqualTo(1e-14));
    }

    [Test]
    public void Compressed_transfers_agree_to_the_orders_tolerance_in_double_precision([Values(2, 3, 4, 5, 6)] int order) =>
        Compare<double, Register256<double>>(order, 20 * TransferTolerance.Of(order, single: false), TransferStrategy.Compressed);

    [Test]
    public void Compressed_transfers_agree_to_the_orders_tolerance_in_single_precision([Values(2, 3, 5, 7)] int order) =>
        Compare<float, Register256<float>>(order, (20 * TransferTolerance.Of(order, single: true)) + 2e-6, TransferStrategy.Compressed);

    [Test]
    public void Matrices_of_full_rank_agree_to_rounding([Values(2, 3, 4, 6)] int order)
    {
        Compare<double, Register256<double>>(order, 1e-13, TransferStrategy.LowRank, rank: 10_000);
        Compare<float, Register256<float>>(order, 3e-6, TransferStrategy.LowRank, rank: 10_000);
    }

    [Test]
    public void Matrices_of_full_rank_agree_in_every_width()
    {
        Compare<double, Register512<double>>(4, 1e-13, TransferStrategy.LowRank, rank: 10_000);
        Compare<double, Register128<double>>(4, 1e-13, TransferStrategy.LowRank, rank: 10_000);
        Compare<double, Register1<double>>(3, 1e-13, TransferStrategy.LowRank, rank: 10_000);
        Compare<float, Register512<float>>(4, 3e-6, TransferStrategy.LowRank, rank: 10_000);
    }

    [Test]
    public void Low_rank_transfers_agree_to_the_orders_tolerance_in_double_precision([Values(2, 3, 4, 5, 6)] int order) =>
        Compare<double, Register256<double>>(order, 20 * TransferTolerance.Of(order, single: false), TransferStrategy.LowRank);

    [Test]
    public void Low_rank_transfers_agree_to_the_orders_tolerance_in_single_precision([Values(2, 3, 5)] int order) =>
        Compare<float, Register512<float>>(order, (20 * TransferTolerance.Of(order, single: true)) + 3e-6, TransferStrategy.LowRank);

    [Test]
    public void Low_rank_transfers_from_the_densities_themselves_agree_to_the_orders_tolerance([Values(3, 4)] int order) =>
        Compare<double, Register256<double>>(order, 20 * TransferTolerance.Of(order, single: false), TransferStrategy.LowRank, sides: TransferSides.Target);

    private static void Compare<T, TRegister>(
        int order, double bar, TransferStrategy strategy = TransferStrategy.Fft, int? rank = null, TransferSides sides = TransferSides.Both)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        // The dense matrices of a vector kernel are nine times as large; the transforms differ by p alone.
        if (TKernel.SourceComponents * TKernel.PotentialComponents > 1 && order > 4) return;
        Position[] points = PointClouds.Draw(default(UnitCube), 60, 7);
        double[] charges = PointClouds.Charges(points.Length * TKernel.SourceComponents, 7);
        TreeSettings settings = new(1, 3);
        using OperatorWorld<TKernel, T, TRegister> other = new(_kernel, order, settings, points, charges, null, strategy, rank: rank, lowRank: new LowRankOptions { Sides = sides });
        using OperatorWorld<TKernel, T, TRegister> dense = new(_kernel, order, settings, points, charges, null, TransferStrategy.Dense);
        foreach (OperatorWorld<TKernel, T, TRegister> world in new[] { other, dense })
        {
            world.Upward();
            world.Transfer();
        }
        // Nodes without targets have no local: some ways fill them as the others of their octet, some leave them empty.
        double[] found = [.. Node.WithExpansions(other.World).Where(node => node.TargetCount > 0).SelectMany(other.Row<Local>)];
        double[] expected = [.. Node.WithExpansions(dense.World).Where(node => node.TargetCount > 0).SelectMany(dense.Row<Local>)];
        double error = DirectField.Error(found, expected);
        TestContext.Out.WriteLine(error);
        Assert.That(expected.Max(Math.Abs), Is.GreaterThan(0));
        Assert.That(error, Is.LessThanOrEqualTo(bar));
    }
}

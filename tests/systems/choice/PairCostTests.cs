using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the choice of a leaf expects a kernel's pair to cost.</summary>
internal sealed class PairCostTests
{
    [Test]
    public void The_kernel_that_was_measured_costs_about_what_was_measured([Values] Precision precision, [Values] RegisterWidth width, [Values] bool gradient) =>
        Assert.That(ReferenceCosts.Of(precision).PairFactor(default(Laplace), width, gradient), Is.EqualTo(1).Within(0.1));

    [Test]
    public void A_kernel_without_exponentials_costs_its_operations([Values] Precision precision, [Values] RegisterWidth width, [Values] bool gradient)
    {
        double operations = (double)KernelFlops.Of(default(Stokes), gradient).OneWay / KernelFlops.Of(default(Laplace), gradient).OneWay;
        Assert.That(Factor(default(Stokes)) / Factor(default(Laplace)), Is.EqualTo(operations).Within(1e-12));

        double Factor<TKernel>(TKernel kernel)
            where TKernel : unmanaged, IKernel<TKernel> => ReferenceCosts.Of(precision).PairFactor(kernel, width, gradient);
    }

    [Test]
    public void An_exponential_costs_more_than_the_one_operation_that_it_counts_as([Values] Precision precision, [Values] RegisterWidth width, [Values] bool gradient)
    {
        double operations = (double)KernelFlops.Of(new Yukawa(1), gradient).OneWay / KernelFlops.Of(default(Laplace), gradient).OneWay;
        Assert.That(ReferenceCosts.Of(precision).PairFactor(new Yukawa(1), width, gradient), Is.GreaterThan(1.3 * operations));
    }

    [Test]
    public void A_kernel_costs_what_its_pairs_were_measured_to_take_to_half_an_octave()
    {
        ExpansionSizes sizes = ExpansionSizes.Of(default(Laplace), 6, SurfaceRatios.Standard, TransferStrategy.Fft);
        TreeCounts counts = new() { NearPairs = 1e9 };
        CostModel model = new(sizes, Precision.Double, RegisterWidth.Bits512, gradient: false, pairFactor: 2);
        double expected = model.Near(counts, shared: true);
        model.Calibrate(Calibration.Reference, measured: 2.3);
        Assert.That(model.Near(counts, shared: true), Is.EqualTo(expected), "noise");
        model.Calibrate(Calibration.Reference, measured: 8.4);
        Assert.That(model.Near(counts, shared: true), Is.EqualTo(4 * expected).Within(1e-12 * expected));
        Assert.That(model.PairFactor, Is.EqualTo(8).Within(1e-12));
    }

    [Test]
    public void What_counts_is_the_kernels_own_rate_on_this_machine()
    {
        Assert.That(Measured(default(Laplace)), Is.EqualTo(1).Within(0.1));
        Assert.That(Measured(new Helmholtz(3)), Is.GreaterThan(2));

        static double Measured<TKernel>(TKernel kernel)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            Scene scene = Scene.Of("cube", 3000, TKernel.SourceComponents);
            using FmmSolver solver = FmmSolver.Create(kernel, new FmmOptions { Order = 3 });
            scene.Solve<TKernel>(solver, gradient: false);
            return solver.Method.Leaf.PairFactor;
        }
    }
}

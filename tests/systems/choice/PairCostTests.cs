using Fmm.Engine;
using Fmm.Systems;
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
}

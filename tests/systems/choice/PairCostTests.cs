using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the choice of a leaf expects a kernel's pair to cost.</summary>
internal sealed class PairCostTests
{
    [Test]
    public void The_kernel_that_was_measured_costs_what_was_measured([Values] Precision precision, [Values] RegisterWidth width, [Values] bool gradient) =>
        Assert.That(ReferenceCosts.PairFactor<Laplace>(precision, width, gradient), Is.EqualTo(1));

    [Test]
    public void A_kernel_that_tells_nothing_costs_its_operations([Values] Precision precision, [Values] RegisterWidth width, [Values] bool gradient)
    {
        Assert.That(ReferenceCosts.PairFactor<Stokes>(precision, width, gradient), Is.EqualTo((double)Stokes.PairFlops(gradient) / Laplace.PairFlops(gradient)));
        Assert.That(ReferenceCosts.PairFactor<Counting>(precision, width, gradient), Is.EqualTo(1.0 / Laplace.PairFlops(gradient)));
    }

    [Test]
    public void A_kernel_with_an_exponential_costs_more_the_more_of_the_others_a_register_takes_at_once([Values] Precision precision, [Values] bool gradient)
    {
        double operations = (double)Yukawa.PairFlops(gradient) / Laplace.PairFlops(gradient), last = operations;
        foreach (RegisterWidth width in new[] { RegisterWidth.Scalar, RegisterWidth.Bits128, RegisterWidth.Bits256, RegisterWidth.Bits512 })
        {
            double factor = ReferenceCosts.PairFactor<Yukawa>(precision, width, gradient);
            Assert.That(factor, Is.GreaterThan(last));
            last = factor;
        }
    }
}

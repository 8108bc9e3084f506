using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class YukawaTests
{
    [Test]
    public void Without_screening_it_is_the_Laplace_kernel()
    {
        double[] screened = new double[1], free = new double[1];
        new Yukawa(0).Evaluate(0.3, -0.4, 1.2, screened);
        default(Laplace).Evaluate(0.3, -0.4, 1.2, free);
        Assert.That(screened[0], Is.EqualTo(free[0]).Within(1e-16));
    }

    [TestCase(-1e-9)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void An_impossible_screening_length_is_refused_with_its_value(double k) => Assert.That(
        () => new Yukawa(k), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("finite and 0 or more"));

    [Test]
    public void Its_parameter_is_told() => Assert.That(Yukawa.Parameters(new Yukawa(2.5)), Is.EqualTo("k=2.5"));
}

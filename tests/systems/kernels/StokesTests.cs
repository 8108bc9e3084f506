using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class StokesTests
{
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void An_impossible_viscosity_is_refused_with_its_value(double mu) => Assert.That(
        () => new Stokes(mu), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("finite and above 0"));

    [Test]
    public void A_fluid_twice_as_viscous_flows_half_as_fast()
    {
        double[] water = new double[9], oil = new double[9];
        default(Stokes).Evaluate(0.3, -0.4, 1.2, water);
        new Stokes(2).Evaluate(0.3, -0.4, 1.2, oil);
        Assert.That(oil.Select(x => 2 * x), Is.EqualTo(water).Within(1e-16));
    }

    [Test]
    public void The_flow_has_no_divergence()
    {
        double[] gradient = new double[27];
        default(Stokes).EvaluateGradient(0.3, -0.4, 1.2, gradient);
        for (int force = 0; force < 3; force++)
            Assert.That(gradient[force] + gradient[12 + force] + gradient[24 + force], Is.EqualTo(0).Within(1e-16));
    }

    [Test]
    public void Its_parameter_is_told() => Assert.That((Stokes.Parameters(default), Stokes.Parameters(new Stokes(2.5))), Is.EqualTo(("mu=1", "mu=2.5")));
}

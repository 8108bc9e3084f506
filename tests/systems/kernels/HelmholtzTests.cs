using System.Numerics;
using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class HelmholtzTests
{
    [TestCase(0, 0)]
    [TestCase(3, 0)]
    [TestCase(3, 1.5)]
    public void It_is_the_outgoing_wave_as_a_real_block(double k, double decay)
    {
        double[] block = new double[4];
        if (decay == 0) new Helmholtz(k).Evaluate(0.3, -0.4, 1.2, block);
        else new DampedHelmholtz(k, decay).Evaluate(0.3, -0.4, 1.2, block);
        Complex wave = Complex.Exp(new Complex(-decay, k) * 1.3) / (4 * Math.PI * 1.3);
        Assert.That(block, Is.EqualTo(new[] { wave.Real, -wave.Imaginary, wave.Imaginary, wave.Real }).Within(1e-15));
    }

    [TestCase(-1e-9)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void An_impossible_wave_number_is_refused_with_its_value(double k)
    {
        Assert.That(() => new Helmholtz(k), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("wave number k must be finite"));
        Assert.That(() => new DampedHelmholtz(1, k), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("decay must be finite"));
    }

    [Test]
    public void Its_parameters_are_told()
    {
        Assert.That(Helmholtz.Parameters(new Helmholtz(2.5)), Is.EqualTo("k=2.5"));
        Assert.That(DampedHelmholtz.Parameters(new DampedHelmholtz(2.5, 1)), Is.EqualTo("k=2.5, decay=1"));
    }

    [Test]
    public void A_huge_wave_number_leaves_numbers([Values(1e6, 1e100, 1e300)] double k, [Values] Precision precision)
    {
        (double[] potentials, double[] gradients) = Scene.Of("cube", 300, components: 2).Solve(new Helmholtz(k), new FmmOptions { Order = 4, Precision = precision, Gradient = k < 1e30 });
        Assert.That(potentials, Is.All.Matches<double>(double.IsFinite));
        Assert.That(gradients, Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void Boxes_of_too_many_wavelengths_are_told_and_few_are_not()
    {
        Assert.That(Warnings(5), Is.Empty);
        Assert.That(Warnings(120), Has.Count.EqualTo(1).And.One.Contains("wavelengths wide"));

        static IReadOnlyList<string> Warnings(double k)
        {
            Scene scene = Scene.Of("cube", 4000, components: 2);
            using FmmSolver solver = FmmSolver.Create(new Helmholtz(k), new FmmOptions { Order = 8, LeafCapacity = 60 });
            scene.Solve<Helmholtz>(solver, gradient: false);
            return solver.Report.Warnings;
        }
    }

    [Test]
    public void A_wave_so_short_that_rounding_takes_its_phase_is_told_with_expansions_and_without([Values(100, 5)] int leaf)
    {
        Assert.That(Warnings(1e20, 1, Precision.Double), Has.Count.EqualTo(1).And.One.Contains("rounding leaves phases"));
        Assert.That(Warnings(1e17, 1000, Precision.Double), Has.Count.EqualTo(1).And.One.Contains("rounding leaves phases"));
        if (leaf < 50) return; // expansions tell of shorter ones by themselves
        Assert.That(Warnings(1e8, 1, Precision.Single), Has.Count.EqualTo(1).And.One.Contains("or double precision"));
        Assert.That(Warnings(1e8, 1, Precision.Double), Is.Empty);
        Assert.That(Warnings(1e3, 1000, Precision.Double), Is.Empty);

        IReadOnlyList<string> Warnings(double k, double edge, Precision precision)
        {
            Random random = new(3);
            using FmmSolver solver = FmmSolver.Create(new Helmholtz(k), new FmmOptions { Order = 4, LeafCapacity = leaf, Precision = precision });
            solver.SetPoints([.. Enumerable.Range(0, 60).Select(_ => new Position(edge * random.NextDouble(), edge * random.NextDouble(), edge * random.NextDouble()))]);
            solver.Evaluate([.. Enumerable.Range(0, 120).Select(i => i - 50.0)], new double[120]);
            return solver.Report.Warnings;
        }
    }

    [Test, Category("Slow")]
    public void At_100_000_points_order_8_keeps_the_errors_of_ExaFMM_T()
    {
        FmmOptions options = new() { Order = 8, Gradient = true, Calibration = Calibration.Reference };
        (double potential, double gradient) = Scene.Of("cube", 100_000, components: 2).Error(new Helmholtz(5), options, 1000);
        TestContext.Out.WriteLine($"helmholtz {potential:e1} {gradient:e1}");
        Assert.That(potential, Is.LessThan(9.6e-8));
        Assert.That(gradient, Is.LessThan(2.8e-7));
        (potential, gradient) = Scene.Of("cube", 100_000).Error(new Yukawa(5), options, 1000);
        TestContext.Out.WriteLine($"yukawa {potential:e1} {gradient:e1}");
        Assert.That(potential, Is.LessThan(2e-8));
        Assert.That(gradient, Is.LessThan(5e-8));
    }
}

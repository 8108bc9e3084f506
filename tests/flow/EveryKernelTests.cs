using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What holds for every built-in kernel, whatever it computes: one suite rather than a copy each.</summary>
[TestFixtureSource(typeof(BuiltInKernels), nameof(BuiltInKernels.All))]
public sealed class EveryKernelTests<TKernel>(TKernel kernel, BuiltInKernels.Bound bound)
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static readonly FmmOptions _options = new() { Order = 6, LeafCapacity = 40, Gradient = BuiltInKernels.HasGradient<TKernel>() };

    private static Scene Scene(string cloud, int count) => Flow.Scene.Of(cloud, count, components: TKernel.SourceComponents);

    [Test]
    public void It_is_what_it_declares_in_both_precisions() =>
        Assert.That(KernelCheck.Run(kernel, _options.Gradient).Select(finding => finding.Message), Is.Empty);

    [Test]
    public void Its_formula_is_inlined() => Assert.That(KernelCheck.Warnings<TKernel>(), Is.Empty);

    [Test]
    public void It_can_be_told_in_any_unit_of_length([Values(0.125, 64)] double unit)
    {
        Assert.That(TKernel.TryRescale(kernel, unit, out TKernel rescaled, out double factor), Is.True);
        int numbers = TKernel.PotentialComponents * TKernel.SourceComponents;
        double[] here = new double[numbers], there = new double[numbers];
        kernel.Evaluate(unit * 0.3, unit * -0.4, unit * 0.7, here);
        rescaled.Evaluate(0.3, -0.4, 0.7, there);
        double largest = here.Max(Math.Abs);
        Assert.That(there.Select(value => factor * value), Is.EqualTo(here).Within(1e-12 * largest));
    }

    [TestCase("cube")]
    [TestCase("squares")]
    [TestCase("sphere")]
    public void Its_error_is_that_of_the_order(string cloud)
    {
        (double potential, double gradient) = Scene(cloud, 4000).Error(kernel, _options);
        TestContext.Out.WriteLine($"{TKernel.Name} {cloud} {potential:e1} {gradient:e1}");
        Assert.That(potential, Is.LessThan(bound.Potential));
        Assert.That(gradient, Is.LessThan(bound.Gradient));
    }

    [Test]
    public void In_single_precision_its_error_is_that_of_the_order()
    {
        (double potential, double gradient) = Scene("cube", 4000).Error(kernel, _options with { Precision = Precision.Single });
        TestContext.Out.WriteLine($"{TKernel.Name} {potential:e1} {gradient:e1}");
        Assert.That(potential, Is.LessThan(bound.Potential + 2e-6));
        Assert.That(gradient, Is.LessThan(bound.Gradient + 2e-5));
    }

    [Test]
    public void Over_ranks_its_field_has_the_same_bits([Values] Precision precision)
    {
        Scene scene = Flow.Scene.Of("squares", "cube", 1200, components: TKernel.SourceComponents);
        FmmOptions options = _options with { Order = 4, Precision = precision, Threads = 1 };
        (double[] potentials, double[] gradients) = scene.Solve(kernel, options);
        (double[] p, double[] g) = scene.Solve(kernel, options, ranks: 3);
        Assert.That(DeterminismTests.Bits(p), Is.EqualTo(DeterminismTests.Bits(potentials)));
        Assert.That(DeterminismTests.Bits(g), Is.EqualTo(DeterminismTests.Bits(gradients)));
    }

    // Operators of wide blocks at order 10 take seconds.
    [Test]
    public void Its_error_falls_with_the_order() => Falls(TKernel.SourceComponents * TKernel.PotentialComponents > 4 ? 8 : 10);

    [Test, Category("Slow")]
    public void Its_error_falls_with_the_order_to_10() => Falls(10);

    private void Falls(int largest)
    {
        Scene scene = Scene("cube", 2000);
        double last = 1;
        for (int order = 4; order <= largest; order += 2)
        {
            double error = scene.Error(kernel, new FmmOptions { Order = order, LeafCapacity = 60 }).Potential;
            TestContext.Out.WriteLine($"{TKernel.Name} {order} {error:e1}");
            Assert.That(error, Is.LessThan(0.2 * last), $"order {order}");
            last = error;
        }
        if (largest == 10) Assert.That(last, Is.LessThan(bound.AtOrderTen));
    }

    [Test]
    public void Its_bits_do_not_depend_on_the_number_of_threads([Values] Precision precision)
    {
        Scene scene = Scene("plummer", 3000);
        FmmOptions options = _options with { Order = 4, Precision = precision };
        (double[] potentials, double[] gradients) = scene.Solve(kernel, options with { Threads = 1 });
        foreach (int threads in new[] { 2, 3 })
        {
            (double[] other, double[] otherGradients) = scene.Solve(kernel, options with { Threads = threads });
            Assert.That(other, Is.EqualTo(potentials), $"{threads} threads");
            Assert.That(otherGradients, Is.EqualTo(gradients), $"{threads} threads");
        }
    }

    [Test, NonParallelizable]
    public void A_warm_step_allocates_nothing_on_any_thread([Values] Precision precision, [Values] bool moves) =>
        Silent(_options with { Order = 4, Threads = 3, Precision = precision }, moves);

    [Test, NonParallelizable]
    public void In_a_box_that_repeats_a_warm_step_allocates_nothing_or_the_box_is_refused()
    {
        FmmOptions options = _options with { Order = 4, Threads = 3, Periodic = PeriodicBox.Cube(1) };
        if (TKernel.TryScreened(kernel, out _, out _)) Silent(options, moves: true);
        else Assert.That(() => FmmSolver.Create(kernel, options), Throws.TypeOf<FmmOptionException>().With.Message.Contains("no sum over images"));
    }

    [Test, NonParallelizable]
    public void With_second_derivatives_a_warm_step_allocates_nothing_or_they_are_refused()
    {
        FmmOptions options = _options with { Order = 4, Threads = 3, Hessian = true };
        if (TKernel.HasHessian) Silent(options, moves: true);
        else Assert.That(() => FmmSolver.Create(kernel, options), Throws.TypeOf<FmmOptionException>().With.Message.Contains("no second derivatives"));
    }

    private void Silent(FmmOptions options, bool moves)
    {
        Scene[] scenes = [Scene("cube", 2000), Flow.Scene.Of("cube", 2000, TKernel.SourceComponents, seed: 2)];
        double[] potentials = new double[2000 * TKernel.PotentialComponents], gradients = new double[options.Gradient ? 3 * potentials.Length : 0];
        double[] hessians = new double[options.Hessian ? 6 * potentials.Length : 0];
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        solver.SetPoints(scenes[0].Sources);
        int step = 0;
        Assert.That(
            Allocations.OfWarm(() =>
            {
                Scene scene = scenes[moves ? step++ % 2 : 0];
                if (moves) solver.SetPoints(scene.Sources);
                solver.Evaluate(scene.Charges, potentials, gradients, hessians);
            }),
            Is.Zero);
    }

    [Test]
    public void Every_width_of_registers_keeps_the_errors([Values] RegisterWidth width, [Values] Precision precision)
    {
        (double potential, double gradient) = Scene("cube", 1500).Error(kernel, _options with { Precision = precision, Registers = width });
        Assert.That(potential, Is.LessThan(bound.Potential + (precision == Precision.Single ? 2e-6 : 0)));
        Assert.That(gradient, Is.LessThan(bound.Gradient + (precision == Precision.Single ? 2e-5 : 0)));
    }

    [Test]
    public void Coincident_points_give_each_other_nothing([Values] Precision precision)
    {
        (double[] potentials, double[] gradients) = Scene("coincident", 300).Solve(kernel, _options with { Precision = precision });
        Assert.That(potentials, Is.All.EqualTo(0));
        Assert.That(gradients, Is.All.EqualTo(0));
    }

    [TestCase("distant", Precision.Double)]
    [TestCase("distant", Precision.Single)]
    [TestCase("corners", Precision.Double)]
    [TestCase("corners", Precision.Single)]
    public void Clouds_far_from_the_origin_or_in_two_corners_keep_their_digits(string cloud, Precision precision)
    {
        (double potential, double gradient) = Scene(cloud, 2000).Error(kernel, _options with { Precision = precision });
        TestContext.Out.WriteLine($"{TKernel.Name} {cloud} {potential:e1} {gradient:e1}");
        Assert.That(potential, Is.LessThan(10 * bound.Potential + (precision == Precision.Single ? 1e-5 : 0)));
        Assert.That(gradient, Is.LessThan(10 * bound.Gradient + (precision == Precision.Single ? 1e-4 : 0)));
    }

    [Test]
    public void Points_far_from_all_others_act_directly([Values] Precision precision)
    {
        Scene cube = Scene("cube", 600);
        Position[] points = [.. cube.Sources];
        for (int i = 0; i < 5; i++) points[i] = new Position(1e7 * (i + 1), -3e7 + i, 2e7);
        (double potential, double gradient) = new Scene(points, cube.Charges).Error(kernel, _options with { Precision = precision });
        Assert.That(potential, Is.LessThan(bound.Potential + (precision == Precision.Single ? 2e-6 : 0)));
        Assert.That(gradient, Is.LessThan(bound.Gradient + (precision == Precision.Single ? 2e-5 : 0)));
    }

    [Test]
    public void Sources_and_targets_may_differ()
    {
        Scene scene = Flow.Scene.Of("cube", "apart", 3000, components: TKernel.SourceComponents);
        (double potential, double gradient) = scene.Error(kernel, _options);
        Assert.That(potential, Is.LessThan(bound.Afar));
        Assert.That(gradient, Is.LessThan(bound.Afar));
    }
}

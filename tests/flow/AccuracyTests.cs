using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Errors against the direct sum, relative L2, at orders and for distributions.</summary>
public sealed class AccuracyTests
{
    [Test]
    public void Laplace_in_double_precision_keeps_the_errors_of_its_order(
        [Values("cube", "sphere", "plummer", "squares")] string cloud, [Values(4, 6, 8, 10)] int order)
    {
        (double potential, double gradient) = order switch { 4 => (6e-4, 8e-4), 6 => (7e-6, 1.5e-5), 8 => (1.5e-7, 4e-7), _ => (8e-9, 2e-8) };
        Keeps(Scene.Of(cloud, 8000), default(Laplace), new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true }, potential, gradient);
    }

    [Test]
    public void Laplace_in_single_precision_keeps_the_errors_of_its_order(
        [Values("cube", "sphere", "plummer", "squares")] string cloud, [Values(4, 6, 8, 10)] int order)
    {
        (double potential, double gradient) = order switch { 4 => (6e-4, 8e-4), 6 => (8e-6, 1.5e-5), _ => (2.5e-6, 1.2e-5) };
        FmmOptions options = new() { Order = order, LeafCapacity = 60, Gradient = true, Precision = Precision.Single };
        Keeps(Scene.Of(cloud, 8000), default(Laplace), options, potential, gradient);
    }

    [Test]
    public void Sources_and_targets_may_be_different_points(
        [Values("cube", "plummer")] string sources, [Values("sphere", "squares", "cube", "apart")] string targets, [Values] Precision precision) =>
        Keeps(
            Scene.Of(sources, targets, 6000), default(Laplace),
            new FmmOptions { Order = 6, LeafCapacity = 40, Gradient = true, Precision = precision }, 1e-5, 1.5e-4);

    [Test]
    public void Yukawa_keeps_the_errors_of_its_order([Values("cube", "sphere", "squares")] string cloud, [Values(4, 6, 8)] int order)
    {
        (double potential, double gradient) = order switch { 4 => (1e-3, 1.2e-3), 6 => (1e-5, 2e-5), _ => (2e-7, 5e-7) };
        Keeps(Scene.Of(cloud, 6000), new Yukawa(5), new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true }, potential, gradient);
    }

    [Test]
    public void A_vector_kernel_goes_through_the_whole_method(
        [Values("cube", "plummer")] string cloud, [Values(4, 5)] int order, [Values] Precision precision) =>
        Keeps(
            Scene.Of(cloud, 3000, components: 3), default(Stokes),
            new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true, Precision = precision },
            order == 4 ? 4e-3 : 8e-4, order == 4 ? 5e-3 : 1e-3);

    [Test, Category("Slow")]
    public void A_vector_kernels_error_falls_with_the_order_to_10()
    {
        Scene scene = Scene.Of("cube", 3000, components: 3);
        double last = 1;
        for (int order = 3; order <= 10; order++)
        {
            (double error, _) = scene.Error(default(Stokes), new FmmOptions { Order = order, LeafCapacity = 60 });
            TestContext.Out.WriteLine($"{order} {error:e2}");
            Assert.That(error, Is.LessThan(0.8 * last), $"order {order}");
            last = error;
        }
        Assert.That(last, Is.LessThan(1e-7));
    }

    [Test]
    public void In_double_precision_the_error_falls_with_every_second_order_to_12()
    {
        Scene scene = Scene.Of("cube", 4000);
        double last = 1;
        for (int order = 2; order <= 12; order += 2)
        {
            double error = scene.Error(default(Laplace), new FmmOptions { Order = order, LeafCapacity = 40 }).Potential;
            TestContext.Out.WriteLine($"{order} {error:e2}");
            Assert.That(error, Is.LessThan(0.5 * last), $"order {order}");
            last = error;
        }
        Assert.That(last, Is.LessThan(3e-10));
    }

    [Test, Category("Slow")]
    public void In_double_precision_the_error_falls_on_to_order_16()
    {
        Scene scene = Scene.Of("cube", 4000);
        double last = 1;
        foreach (int order in new[] { 12, 14, 16 })
        {
            double error = scene.Error(default(Laplace), new FmmOptions { Order = order, LeafCapacity = 40 }).Potential;
            TestContext.Out.WriteLine($"{order} {error:e2}");
            Assert.That(error, Is.LessThan(last), $"order {order}");
            last = error;
        }
        Assert.That(last, Is.LessThan(2e-12));
    }

    [Test]
    public void In_single_precision_the_error_never_rises_with_the_order()
    {
        Scene scene = Scene.Of("cube", 4000);
        double last = 1;
        for (int order = 2; order <= 11; order++)
        {
            FmmOptions options = new() { Order = order, LeafCapacity = 40, Precision = Precision.Single };
            double error = scene.Error(default(Laplace), options).Potential;
            TestContext.Out.WriteLine($"{order} {error:e2}");
            Assert.That(error, Is.LessThan(Math.Max(last, 2e-6)), $"order {order}");
            last = error;
        }
    }

    [Test, Category("Slow")]
    public void Every_order_works_in_both_precisions([Range(2, 16)] int order, [Values] Precision precision)
    {
        double bar = Math.Max(precision == Precision.Single ? 3e-6 : 2e-12, 3 * Math.Pow(10, 0.35 - (0.9 * order)));
        FmmOptions options = new() { Order = order, LeafCapacity = 20, Gradient = true, Precision = precision };
        Keeps(Scene.Of("squares", 1000), default(Laplace), options, bar, 10 * bar);
    }

    private static void Keeps<TKernel>(Scene scene, TKernel kernel, FmmOptions options, double potential, double gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        (double p, double g) = scene.Error(kernel, options);
        TestContext.Out.WriteLine($"{p:e2} {g:e2}");
        Assert.Multiple(() =>
        {
            Assert.That(p, Is.LessThan(potential));
            Assert.That(g, Is.LessThan(gradient));
        });
    }
}

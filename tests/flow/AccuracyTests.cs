using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Errors against the direct sum, relative L2, at orders and for distributions.</summary>
public sealed class AccuracyTests
{
    [Test]
    public void Laplace_keeps_the_errors_of_its_order(
        [Values("cube", "sphere", "plummer", "squares")] string cloud, [Values(4, 6, 8, 10)] int order, [Values] Precision precision,
        [Values(TransferStrategy.Fft, TransferStrategy.Compressed)] TransferStrategy transfer)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = 60, Gradient = true, Precision = precision, Transfer = transfer };
        Keeps($"laplace {cloud} {order} {precision} {transfer}", Scene.Of(cloud, 8000), default(Laplace), options);
    }

    // What singular values are dropped shows from order 10 on.
    [Test]
    public void At_order_12_double_precision_keeps_the_errors_of_the_order([Values("cube", "sphere", "plummer", "squares")] string cloud)
    {
        FmmOptions options = new() { Order = 12, LeafCapacity = 60, Gradient = true, Transfer = TransferStrategy.Fft };
        Keeps($"laplace {cloud} 12 Double Fft", Scene.Of(cloud, 8000), default(Laplace), options);
    }

    // With full roots and without the compressed transfers' cut no rounding decides anything: what is left is the expansions', the same on all machines. A
    // tenth more shows what the series of P2M and L2P leave out.
    [Test]
    public void Expansions_of_full_digits_keep_the_errors_of_their_order_to_a_tenth([Values("cube", "sphere", "plummer")] string cloud, [Values(4, 6, 8)] int order)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = 60, Gradient = true, RootPrecision = RootPrecision.Full, Transfer = TransferStrategy.Fft };
        Keeps($"exact {cloud} {order}", Scene.Of(cloud, 8000), default(Laplace), options, 1.1);
    }

    [Test]
    public void Compressed_transfers_lose_no_more_than_measured(
        [Values("cube", "sphere", "plummer")] string cloud, [Values(4, 6, 8, 10)] int order)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = 60, RootPrecision = RootPrecision.Full, Gradient = true, Transfer = TransferStrategy.Fft };
        Scene scene = Scene.Of(cloud, 8000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options);
        (double[] lostPotentials, double[] lostGradients) = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Compressed });
        MeasuredErrors.Hold($"lost {cloud} {order}", (DirectField.Error(lostPotentials, potentials), DirectField.Error(lostGradients, gradients)));
    }

    [Test]
    public void Sources_and_targets_may_be_different_points(
        [Values("cube", "plummer")] string sources, [Values("sphere", "squares", "cube", "apart")] string targets, [Values] Precision precision) =>
        Keeps(
            $"laplace {sources}-{targets} 6 {precision}", Scene.Of(sources, targets, 6000), default(Laplace),
            new FmmOptions { Order = 6, LeafCapacity = 40, Gradient = true, Precision = precision });

    [Test]
    public void Yukawa_keeps_the_errors_of_its_order([Values("cube", "sphere", "squares")] string cloud, [Values(4, 6, 8)] int order, [Values] Precision precision) =>
        Keeps(
            $"yukawa {cloud} {order} {precision}", Scene.Of(cloud, 6000), new Yukawa(5),
            new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true, Precision = precision });

    [Test]
    public void A_vector_kernel_goes_through_the_whole_method(
        [Values("cube", "plummer")] string cloud, [Values(4, 5)] int order, [Values] Precision precision) =>
        Keeps(
            $"stokes {cloud} {order} {precision}", Scene.Of(cloud, 3000, components: 3), default(Stokes),
            new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true, Precision = precision });

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
        Assert.That(last, Is.LessThan(6.2e-9));
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
        Assert.That(last, Is.LessThan(8.2e-12));
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
        Assert.That(last, Is.LessThan(8.1e-15));
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
            Assert.That(error, Is.LessThan(Math.Max(last, 6e-7)), $"order {order}");
            last = error;
        }
    }

    [Test, Category("Slow")]
    public void Every_order_works_in_both_precisions([Range(2, 16)] int order, [Values] Precision precision)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = 20, Gradient = true, Precision = precision };
        Keeps($"every order {order} {precision}", Scene.Of("squares", 1000), default(Laplace), options);
    }

    private static void Keeps<TKernel>(string name, Scene scene, TKernel kernel, FmmOptions options, double times = 2)
        where TKernel : unmanaged, IKernel<TKernel> => MeasuredErrors.Hold(name, scene.Error(kernel, options), times);
}

using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Choices that change how the sums are made and not what they are.</summary>
public sealed class AgreementTests
{
    [Test, Category("Registers")]
    public void Every_register_width_gives_the_same_fields_to_rounding([Values] RegisterWidth width, [Values] Precision precision)
    {
        FmmOptions options = Options(precision) with { RootPrecision = RootPrecision.Full };
        Agree(options with { Registers = RegisterWidth.Bits256 }, options with { Registers = width });
    }

    [Test, Category("Registers")]
    public void Every_register_width_gives_the_same_fields_to_the_orders_digits([Values] RegisterWidth width, [Values] Precision precision)
    {
        FmmOptions options = Options(precision);
        Scene scene = Scene.Of("squares", 2000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), options with { RootPrecision = RootPrecision.Full });
        (double[] otherPotentials, double[] otherGradients) = scene.Solve(default(Laplace), options with { Registers = width });
        Assert.That(DirectField.Error(otherPotentials, potentials), Is.LessThan(3e-6));
        Assert.That(DirectField.Error(otherGradients, gradients), Is.LessThan(3e-5));
    }

    [Test]
    public void Native_and_managed_linear_algebra_give_the_same_fields_to_rounding([Values] Precision precision)
    {
        Providers.Native();
        FmmOptions options = Options(precision);
        Agree(options with { LinearAlgebra = LinearAlgebraChoice.Native }, options with { LinearAlgebra = LinearAlgebraChoice.Managed });
    }

    [Test]
    public void Dense_transfers_give_the_same_fields_to_rounding([Values] Precision precision)
    {
        FmmOptions options = Options(precision);
        Agree(options, options with { Transfer = TransferStrategy.Dense });
    }

    [Test]
    public void Compressed_transfers_add_little_to_the_orders_error(
        [Values("cube", "sphere", "plummer", "squares")] string cloud, [Values(4, 6, 8)] int order, [Values] Precision precision)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = 30, Precision = precision, Threads = 2 };
        Scene scene = Scene.Of(cloud, 6000);
        double[] expected = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Fft }).Potentials;
        double[] found = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Compressed }).Potentials;
        MeasuredErrors.Hold((DirectField.Error(found, expected), 0));
    }

    [Test]
    public void Compressed_transfers_serve_targets_apart_from_the_sources_and_uniform_trees([Values(null, 2, 3, 4)] int? depth)
    {
        FmmOptions options = new() { Order = 6, LeafCapacity = 20, UniformDepth = depth, Threads = 2 };
        Scene scene = Scene.Of("plummer", "cube", 4000);
        double[] expected = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Fft }).Potentials;
        double[] found = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Compressed }).Potentials;
        MeasuredErrors.Hold((DirectField.Error(found, expected), 0));
    }

    [Test, Category("Registers")]
    public void Compressed_transfers_give_the_same_fields_at_every_register_width([Values] RegisterWidth width, [Values] Precision precision)
    {
        FmmOptions options = Options(precision) with { Transfer = TransferStrategy.Compressed };
        Scene scene = Scene.Of("squares", 2000);
        double[] expected = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Fft }).Potentials;
        double[] found = scene.Solve(default(Laplace), options with { Registers = width }).Potentials;
        MeasuredErrors.Hold((DirectField.Error(found, expected), 0));
    }

    [Test]
    public void Compressed_transfers_serve_kernels_with_a_length_of_their_own([Values(0.5, 5, 60)] double k)
    {
        FmmOptions options = new() { Order = 6, LeafCapacity = 30, Threads = 2 };
        Scene scene = Scene.Of("plummer", 5000);
        double[] expected = scene.Solve(new Yukawa(k), options with { Transfer = TransferStrategy.Fft }).Potentials;
        double[] found = scene.Solve(new Yukawa(k), options with { Transfer = TransferStrategy.Compressed }).Potentials;
        MeasuredErrors.Hold((DirectField.Error(found, expected), 0));
    }

    [Test]
    public void Compressed_transfers_serve_vector_kernels([Values] Precision precision)
    {
        FmmOptions options = new() { Order = 5, LeafCapacity = 40, Precision = precision, Threads = 2 };
        Scene scene = Scene.Of("sphere", 3000, components: 3);
        double[] expected = scene.Solve(default(Stokes), options with { Transfer = TransferStrategy.Fft }).Potentials;
        double[] found = scene.Solve(default(Stokes), options with { Transfer = TransferStrategy.Compressed }).Potentials;
        MeasuredErrors.Hold((DirectField.Error(found, expected), 0));
    }

    [Test]
    public void Compressed_transfers_refuse_a_kernel_without_mirror_images()
    {
        FmmOptions options = new() { Transfer = TransferStrategy.Compressed };
        Assert.That(
            () => FmmSolver.Create(default(Skewed), options).Dispose(),
            Throws.TypeOf<FmmOptionException>().With.Message.Contains("mirror").And.Message.Contains("Fft"));
    }

    [Test]
    public void A_uniform_tree_gives_the_same_fields_to_the_orders_accuracy([Values(0, 1, 2, 3, 4)] int depth)
    {
        FmmOptions options = Options(Precision.Double) with { Order = 8 };
        Scene scene = Scene.Of("squares", 2000);
        (double potential, double gradient) = scene.Error(default(Laplace), options with { UniformDepth = depth });
        if (depth > 1)
        {
            MeasuredErrors.Hold((potential, gradient));
            return;
        }
        Assert.That(potential, Is.LessThan(1e-14));
        Assert.That(gradient, Is.LessThan(1e-14));
    }

    [Test]
    public void The_gradient_option_leaves_the_potential_as_it_is([Values] Precision precision)
    {
        Scene scene = Scene.Of("plummer", 2000);
        FmmOptions options = Options(precision);
        double[] with = scene.Solve(default(Laplace), options).Potentials;
        double[] without = scene.Solve(default(Laplace), options with { Gradient = false }).Potentials;
        Assert.That(DirectField.Error(with, without), Is.LessThan(precision == Precision.Single ? 2e-6 : 1e-14));
    }

    [Test]
    public void Fields_are_linear_in_the_charges()
    {
        Scene one = Scene.Of("cube", 2000, seed: 5);
        Scene two = new(one.Sources, [.. one.Charges.Select((q, i) => (2 * q) + (i % 3))]);
        Scene rest = new(one.Sources, [.. one.Charges.Select((_, i) => (double)(i % 3))]);
        FmmOptions options = Options(Precision.Double) with { Gradient = false };
        double[] a = one.Solve(default(Laplace), options).Potentials, b = rest.Solve(default(Laplace), options).Potentials;
        double[] sum = [.. a.Zip(b, (x, y) => (2 * x) + y)];
        Assert.That(DirectField.Error(two.Solve(default(Laplace), options).Potentials, sum), Is.LessThan(1e-13));
    }

    // The compressed M2L agrees to what it drops, not to rounding: other registers round the matrices otherwise that are cut off.
    private static FmmOptions Options(Precision precision) =>
        new() { Order = 5, LeafCapacity = 30, Gradient = true, Precision = precision, Threads = 2, Transfer = TransferStrategy.Fft };

    private static void Agree(FmmOptions left, FmmOptions right)
    {
        Scene scene = Scene.Of("squares", 2000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), left);
        (double[] otherPotentials, double[] otherGradients) = scene.Solve(default(Laplace), right);
        double bar = left.Precision == Precision.Single ? 3e-6 : 1e-13;
        Assert.That(DirectField.Error(otherPotentials, potentials), Is.LessThan(bar));
        Assert.That(DirectField.Error(otherGradients, gradients), Is.LessThan(10 * bar));
    }
}

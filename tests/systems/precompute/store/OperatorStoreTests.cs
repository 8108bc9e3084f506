using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>A store stands between computing and packing: what it gives is taken in place of what would be computed.</summary>
public sealed class OperatorStoreTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 30, Gradient = true };

    [Test]
    public void What_one_solver_kept_the_next_one_takes_and_finds_the_same_field([Values] TransferStrategy strategy, [Values] Precision precision)
    {
        Takes(default(Laplace), _options with { Transfer = strategy, Precision = precision }, 2);
        Takes(new Yukawa(2), _options with { Transfer = strategy, Precision = precision }, null);
        Takes(new Stokes(1), _options with { Transfer = strategy, Precision = precision, Order = 3 }, 2);
    }

    [Test]
    public void Without_a_store_the_field_is_the_same()
    {
        Scene scene = Scene.Of("plummer", 2000);
        FmmOptions kept = _options with { OperatorStore = new MemoryStore() };
        Assert.That(scene.Solve(new Yukawa(1), kept), Is.EqualTo(scene.Solve(new Yukawa(1), _options)));
    }

    [Test]
    public void Whatever_matrices_depend_on_makes_another_key()
    {
        MemoryStore store = new();
        FmmOptions options = _options with { OperatorStore = store };
        FmmOptions[] all =
        [
            options, options with { Order = 5 }, options with { Precision = Precision.Single }, options with { Surfaces = SurfaceRatios.Standard with { Outer = 2.9 } },
            options with { Surfaces = SurfaceRatios.Standard with { Inner = 1.1 } }, options with { Surfaces = SurfaceRatios.Standard with { Angle = 0 } },
        ];
        foreach (FmmOptions one in all)
        {
            OperatorPreparation.Run(default(Laplace), one);
            OperatorPreparation.Run(new Yukawa(1), one, 1, 2);
            OperatorPreparation.Run(new Yukawa(2), one, 1, 2);
            OperatorPreparation.Run(new Yukawa(2), one, 1.5, 2);
        }
        OperatorPreparation.Run(default(Laplace), options with { Transfer = TransferStrategy.Fft });
        OperatorPreparation.Run(default(Laplace), options with { Transfer = TransferStrategy.Dense });
        Assert.That(store.All, Has.Count.EqualTo((all.Length * 8) + 2), "the strategy at order 4 is neither of these two");
        Assert.That(store.All.Select(kept => kept.Key.Text), Is.Unique);
    }

    [Test]
    public void Ranks_by_whole_registers_are_part_of_the_key_and_nothing_else_of_a_register_is()
    {
        MemoryStore store = new();
        FmmOptions options = _options with { OperatorStore = store, Transfer = TransferStrategy.Fft, Registers = Engine.RegisterWidth.Bits128 };
        OperatorPreparation.Run(default(Laplace), options);
        OperatorPreparation.Run(default(Laplace), options with { Registers = Engine.RegisterWidth.Scalar });
        Assert.That((store.All.Count, store.Loaded), Is.EqualTo((2, 2)));
        OperatorPreparation.Run(default(Laplace), options with { Transfer = TransferStrategy.Compressed });
        OperatorPreparation.Run(default(Laplace), options with { Transfer = TransferStrategy.Compressed, Registers = Engine.RegisterWidth.Scalar });
        Assert.That(store.All, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_kernel_that_hides_its_parameters_is_told_apart_by_its_values()
    {
        MemoryStore store = new();
        FmmOptions options = _options with { OperatorStore = store };
        Assert.That(KernelParameters.Of(new Hidden(1)), Is.Empty);
        Scene scene = Scene.Of("cube", 2000);
        (double[] Potentials, double[] Gradients) mild = scene.Solve(new Hidden(1), options), steep = scene.Solve(new Hidden(8), options);
        Assert.That(store.Loaded, Is.Zero);
        Assert.That(scene.Error(new Hidden(8), steep).Potential, Is.LessThan(1e-3));
        Assert.That(scene.Error(new Hidden(1), mild).Potential, Is.LessThan(1e-3));
    }

    [Test]
    public void Operators_are_made_without_points_for_the_domain_that_points_will_have()
    {
        MemoryStore store = new();
        FmmOptions options = _options with { OperatorStore = store, UniformDepth = 4 };
        OperatorPreparation.Run(new Yukawa(3), options, extent: 1, depth: 4);
        Assert.That(store.All, Has.Count.EqualTo(6), "three levels, two parts");
        Scene.Of("cube", 2000).Solve(new Yukawa(3), options);
        Assert.That((store.Loaded, store.All.Count), Is.EqualTo((6, 6)));
    }

    [TestCase(PeriodicAxes.XYZ, 2.5, 2.5, 2.5)]
    [TestCase(PeriodicAxes.XYZ, 1.5, 0.75, 1.5)]
    [TestCase(PeriodicAxes.XY, 1.5, 1.5, 0)]
    public void In_a_box_that_repeats_they_are_those_of_the_boxes_that_fill_it(PeriodicAxes axes, double x, double y, double z)
    {
        MemoryStore store = new();
        FmmOptions options = _options with { OperatorStore = store, UniformDepth = 4, Periodic = new PeriodicBox(new Position(0.1, -3, 7), new Position(x, y, z), axes) };
        OperatorPreparation.Run(new Yukawa(3), options, extent: 1, depth: 4);
        Assert.That(store.All, Has.Count.EqualTo(8), "four levels, two parts");
        Scene.Of("cube", 2000).Solve(new Yukawa(3), options);
        Assert.That((store.Loaded, store.All.Count), Is.EqualTo((8, 8)));
    }

    [Test]
    public void An_extent_that_a_box_can_not_have_along_its_free_axes_is_refused() => Assert.That(
        () => OperatorPreparation.Run(new Yukawa(1), _options with { Periodic = new PeriodicBox(default, new Position(1, 1, 1), PeriodicAxes.X) }, extent: 9),
        Throws.ArgumentException.With.Message.Contains("does not repeat"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void An_extent_that_no_points_have_is_refused(double extent) =>
        Assert.That(() => OperatorPreparation.Run(new Yukawa(1), _options, extent), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("finite and more than 0"));

    private static void Takes<TKernel>(TKernel kernel, FmmOptions options, int? files)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        MemoryStore store = new();
        Scene scene = Scene.Of("squares", 1500, TKernel.SourceComponents);
        (double[] Potentials, double[] Gradients) computed = scene.Solve(kernel, options with { OperatorStore = store });
        int asked = store.Asked;
        Assert.That((store.Loaded, store.All.Count), Is.EqualTo((0, files ?? asked)));
        (double[] Potentials, double[] Gradients) loaded = scene.Solve(kernel, options with { OperatorStore = store });
        Assert.That((store.Loaded, store.All.Count), Is.EqualTo((asked, asked)));
        Assert.That(loaded, Is.EqualTo(computed));
    }
}

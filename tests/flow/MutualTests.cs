using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>The near field that evaluates each pair once gives the fields of the one that goes target by target.</summary>
public sealed class MutualTests
{
    private static readonly string[] _clouds = ["cube", "plummer", "squares", "corners", "coincident", "line", "sphere"];

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public FsCheck.Property Any_cloud_has_the_same_field_either_way() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Cloud, ushort Count, byte Leaf, byte Seed, bool Gradient, bool Single)>(), scene =>
        {
            int points = 1 + (scene.Count % 1500);
            Position[] positions = Scene.Points(_clouds[scene.Cloud % _clouds.Length], points, scene.Seed);
            // Some points stand twice, some three times.
            for (int i = 0; i < points / 9; i++) positions[points - 1 - i] = positions[i % ((points / 20) + 1)];
            double[] charges = [.. Enumerable.Range(0, points).Select(i => Math.Sin(1 + (i * 1.7)))];
            Agree(default(Laplace), new Scene(positions, charges), new FmmOptions
            {
                Order = 3,
                LeafCapacity = 1 + (scene.Leaf % 70),
                Gradient = scene.Gradient,
                Precision = scene.Single ? Precision.Single : Precision.Double,
                RootPrecision = RootPrecision.Full,
                Threads = 2,
            });
        });

    [Test, Category("Registers")]
    public void Registers_of_every_width_agree([Values] RegisterWidth width, [Values] Precision precision, [Values] bool gradient)
    {
        FmmOptions options = Options(precision, gradient) with { Registers = width };
        Agree(default(Laplace), Scene.Of("squares", 1500), options);
        Agree(new Yukawa(3), Scene.Of("cube", 700), options);
    }

    [Test, Category("Registers")]
    public void A_vector_kernel_agrees([Values] RegisterWidth width, [Values] bool gradient) =>
        Agree(default(Stokes), Scene.Of("plummer", 900, 3), Options(Precision.Double, gradient) with { Registers = width });

    [Test]
    public void Leaves_of_more_points_than_a_run_agree([Values] bool gradient, [Values("cube", "coincident")] string cloud)
    {
        Position[] positions = [.. Scene.Points(cloud, 2500, 3), .. Scene.Points("cube", 1200, 4)];
        Agree(default(Laplace), new Scene(positions, Scene.Of("cube", 3700).Charges), Options(Precision.Double, gradient) with { LeafCapacity = 4000 });
        Agree(default(Laplace), new Scene(positions, Scene.Of("cube", 3700).Charges), Options(Precision.Double, gradient) with { LeafCapacity = 900 });
    }

    // A few coincident points have a run done again, many have a unit look for them from the start; every root there is.
    [Test]
    public void Coincident_points_among_others_feel_the_others_alone(
        [Values(3, 5, 10)] int order, [Values] Precision precision, [Values] bool gradient, [Values(2, 600)] int pairs)
    {
        Position[] positions = Scene.Points("cube", 3000, 5);
        for (int i = 0; i < pairs; i++) positions[1500 + i] = positions[i];
        FmmOptions options = Options(precision, gradient) with { Order = order, LeafCapacity = 60, RootPrecision = RootPrecision.AsOrder };
        double[] charges = Scene.Of("cube", 3000, 3).Charges;
        double bar = precision == Precision.Single ? 2e-5 : 1e-8;
        Agree(default(Laplace), new Scene(positions, charges[..3000]), options, bar);
        if (order != 3) return;
        Agree(new Yukawa(3), new Scene(positions, charges[..3000]), options, bar);
        Agree(default(Stokes), new Scene(positions, charges), options, bar);
    }

    // Each leaf has a point in its centre, and the same places as all others.
    [Test]
    public void A_lattice_agrees([Values] Precision precision, [Values] bool gradient, [Values(30, 130)] int leaf)
    {
        Position[] positions = [.. Enumerable.Range(0, 4096).Select(i => new Position(i % 16, i / 16 % 16, i / 256))];
        Agree(default(Laplace), new Scene(positions, Scene.Of("cube", 4096).Charges), Options(precision, gradient) with { LeafCapacity = leaf });
    }

    [Test]
    public void The_bits_of_large_leaves_do_not_depend_on_the_number_of_threads()
    {
        Scene scene = Scene.Of("plummer", 6000);
        FmmOptions options = Options(Precision.Double, true) with { LeafCapacity = 2000 };
        double[] one = scene.Solve(default(Laplace), options with { Threads = 1 }).Gradients;
        foreach (int threads in new[] { 2, 5 })
            Assert.That(scene.Solve(default(Laplace), options with { Threads = threads }).Gradients, Is.EqualTo(one));
    }

    [Test]
    public void Each_ordered_pair_is_counted_as_before([Values("cube", "plummer", "corners")] string cloud, [Values(7, 60, 700)] int leaf)
    {
        Scene scene = Scene.Of(cloud, 3000);
        FmmOptions options = new() { Order = 3, LeafCapacity = leaf };
        using FmmSolver mutual = FmmSolver.Create(default(Laplace), options);
        using FmmSolver oneWay = FmmSolver.Create(new OneWay<Laplace>(default), options);
        scene.Solve<Laplace>(mutual, gradient: false);
        scene.Solve<OneWay<Laplace>>(oneWay, gradient: false);
        Assert.That(mutual.Method.Plan.Mutual, Is.True);
        Assert.That(oneWay.Method.Plan.Mutual, Is.False);
        Assert.That(mutual.Method.Plan.NearPairs, Is.EqualTo(oneWay.Method.Plan.NearPairs));
        Assert.That(mutual.Method.Schedule.Times["P2P"].Pairs, Is.EqualTo(oneWay.Method.Schedule.Times["P2P"].Pairs));
        long pairs = (mutual.Method.Plan.NearPairs - 3000) / 2;
        Assert.That(mutual.Method.Schedule.Times["P2P"].Flops, Is.EqualTo(pairs * KernelFlops.Of(default(Laplace), gradient: false).Mutual));
    }

    [Test]
    public void Distinct_targets_go_target_by_target()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3 });
        Scene.Of("cube", "plummer", 500).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Method.Plan.Mutual, Is.False);
    }

    [Test]
    public void Roots_of_the_orders_digits_leave_the_error_as_it_is([Values(2, 4, 6, 8, 9, 10, 12, 13)] int order, [Values] Precision precision)
    {
        Scene scene = Scene.Of("cube", 20_000);
        FmmOptions options = new() { Order = order, LeafCapacity = 200, Gradient = true, Precision = precision };
        (double potential, double gradient) = scene.Error(default(Laplace), options);
        (double fullPotential, double fullGradient) = scene.Error(default(Laplace), options with { RootPrecision = RootPrecision.Full });
        Assert.That(potential, Is.LessThan(1.15 * fullPotential));
        Assert.That(gradient, Is.LessThan(1.15 * fullGradient));
    }

    private static FmmOptions Options(Precision precision, bool gradient) =>
        new() { Order = 3, LeafCapacity = 25, Gradient = gradient, Precision = precision, RootPrecision = RootPrecision.Full, Threads = 2 };

    private static void Agree<TKernel>(TKernel kernel, Scene scene, FmmOptions options, double? allowed = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        (double[] potentials, double[] gradients) = scene.Solve(kernel, options);
        (double[] otherPotentials, double[] otherGradients) = scene.Solve(new OneWay<TKernel>(kernel), options);
        double bar = allowed ?? (options.Precision == Precision.Single ? 2e-6 : 1e-14);
        Near(potentials, otherPotentials, bar);
        if (options.Gradient) Near(gradients, otherGradients, 20 * bar);
    }

    // Coincident points alone have no field at all.
    private static void Near(double[] found, double[] expected, double bar)
    {
        if (expected.All(x => x == 0)) Assert.That(found, Is.All.EqualTo(0));
        else Assert.That(DirectField.Error(found, expected), Is.LessThan(bar));
    }
}

using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Second derivatives of the potential against direct sums: near field, far field, outliers, every register width.</summary>
public sealed class HessianTests
{
    private static readonly FmmOptions _options = new() { Order = 8, LeafCapacity = 40, Hessian = true };

    [TestCase("cube")]
    [TestCase("sphere")]
    [TestCase("plummer")]
    [TestCase("far")]
    [TestCase("corners")]
    [TestCase("coincident")]
    public void Second_derivatives_are_those_of_the_direct_sum(string cloud) => Check(Scene.Of(cloud, 3000), _options, 2e-4);

    [Test]
    public void Sources_and_targets_may_differ() => Check(Scene.Of("plummer", "cube", 3000), _options, 2e-4);

    [Test]
    public void The_error_falls_with_the_order()
    {
        Scene scene = Scene.Of("cube", 4000);
        double[] errors = [.. ((int[])[4, 6, 8, 10, 12]).Select(order => Error(scene, Hessians(scene, _options with { Order = order })))];
        TestContext.Out.WriteLine(string.Join(" ", errors.Select(error => $"{error:e1}")));
        for (int i = 1; i < errors.Length; i++) Assert.That(errors[i], Is.LessThan(0.2 * errors[i - 1]));
        Assert.That(errors[^1], Is.LessThan(1e-8));
    }

    [Test, Category("Registers")]
    public void A_shallow_tree_is_exact()
    {
        Scene scene = Scene.Of("cube", 300);
        Assert.That(Error(scene, Hessians(scene, _options with { LeafCapacity = 400 })), Is.LessThan(1e-13));
    }

    [Test, Category("Registers")]
    public void Outliers_act_and_are_acted_on()
    {
        Scene cloud = Scene.Of("cube", 800);
        Position[] points = [.. cloud.Sources, new(3e9, 1, 2), new(-1e12, 5e11, 0), new(3e9 + 1, 1, 2)];
        Scene scene = new(points, [.. cloud.Charges, 1e25, -2, 3]);
        double[] found = Hessians(scene, _options), expected = Direct(scene);
        for (int i = points.Length - 3; i < points.Length; i++)
            for (int c = 0; c < 6; c++) Assert.That(found[(6 * i) + c], Is.EqualTo(expected[(6 * i) + c]).Within(1e-10 * Math.Abs(expected[6 * i]) + 1e-300));
        Assert.That(Error(scene, found), Is.LessThan(1e-9));
    }

    [Test, Category("Registers")]
    public void Lengths_that_differ_by_a_hundred_powers_of_ten_keep_their_digits()
    {
        Position[] points = [new(1e-60, 0, 0), new(-1e-60, 1e-60, 0), new(1, 0, 0), new(0, 2, 0), new(0, 0, 1.5)];
        Scene scene = new(points, [1, 2, 3, 4, 5]);
        double[] found = Hessians(scene, _options), expected = Direct(scene);
        Assert.That(found.Zip(expected, (f, e) => Math.Abs(f - e) / (Math.Abs(e) + 1e-10)).Max(), Is.LessThan(1e-12));
    }

    [Test]
    public void The_trace_is_zero_away_from_sources()
    {
        Scene scene = Scene.Of("cube", "sphere", 3000);
        double[] found = Hessians(scene, _options with { Order = 10 });
        double largest = found.Max(Math.Abs);
        for (int i = 0; i < found.Length; i += 6) Assert.That(found[i] + found[i + 3] + found[i + 5], Is.Zero.Within(1e-6 * largest));
    }

    [Test]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        Scene scene = Scene.Of("plummer", 4000);
        double[] one = Hessians(scene, _options with { Threads = 1 });
        foreach (int threads in (int[])[2, 3, 8]) Assert.That(Hessians(scene, _options with { Threads = threads }), Is.EqualTo(one));
    }

    [Test, Category("Registers")]
    public void Every_width_of_registers_gives_them([Values] RegisterWidth width)
    {
        if (width > RegisterWidths.Best) Assert.Ignore("This machine has no such registers.");
        Check(Scene.Of("plummer", 1500), _options with { Registers = width }, 2e-4);
    }

    [Test]
    public void Potential_and_gradient_keep_their_bits_beside_them()
    {
        Scene scene = Scene.Of("cube", 2000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Laplace), _options with { Gradient = true, Hessian = false });
        double[] potentials2 = new double[2000], gradients2 = new double[6000], hessians = new double[12000];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Gradient = true });
        solver.SetPoints(scene.Sources);
        solver.Evaluate(scene.Charges, potentials2, gradients2, hessians);
        Assert.That((potentials2, gradients2), Is.EqualTo((potentials, gradients)));
        Assert.That(solver.Verify(200) is { HessianL2: > 0 and < 1e-4 });
    }

    [Test]
    public void Verify_tells_the_error_of_second_derivatives_where_they_were_asked_for()
    {
        Scene scene = Scene.Of("cube", 2000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints(scene.Sources);
        double[] hessians = new double[12000];
        solver.Evaluate(scene.Charges, new double[2000], default, hessians);
        Assert.That(solver.Verify(2000).HessianL2, Is.EqualTo(Error(scene, hessians)).Within(1e-3).Percent);
        using FmmSolver without = FmmSolver.Create(default(Laplace), _options with { Hessian = false });
        without.SetPoints(scene.Sources);
        without.Evaluate(scene.Charges, new double[2000]);
        Assert.That(without.Verify(10).HessianL2, Is.Null);
    }

    [Test]
    public void A_warm_evaluation_allocates_nothing()
    {
        // Few points: what the test host takes now and then must not meet every step, however slow the registers are.
        Scene scene = Scene.Of("plummer", 400);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Threads = 2 });
        solver.SetPoints(scene.Sources);
        double[] potentials = new double[400], hessians = new double[2400];
        Assert.That(Allocations.OfWarm(() => solver.Evaluate(scene.Charges, potentials, default, hessians)), Is.Zero);
    }

    [Test]
    public void What_is_not_asked_for_costs_no_system()
    {
        using FmmSolver without = FmmSolver.Create(default(Laplace), _options with { Hessian = false }), with = FmmSolver.Create(default(Laplace), _options);
        Assert.That(without.Explain(), Does.Not.Contain(nameof(ComputeHessians)));
        Assert.That(with.Explain(), Does.Contain(nameof(ComputeHessians)));
    }

    [Test]
    public void What_has_none_and_what_does_not_fit_is_refused()
    {
        Assert.That(() => FmmSolver.Create(new Yukawa(1), _options), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("the kernel yukawa has no second derivatives"));
        Assert.That(() => FmmSolver.Create(default(Laplace), _options with { Precision = Precision.Single }), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("double precision alone"));
        Assert.That(() => FmmSolver.Create(default(Laplace), _options with { Periodic = new PeriodicBox(default, new Position(1, 1, 1)) }), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("free space"));
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints([new Position(0, 0, 0)]);
        double[] all = new double[7];
        Assert.That(() => solver.Evaluate([1], new double[1]), Throws.ArgumentException.With.Message.Contains("hessians has 0 numbers, but the points ask for 6"));
        Assert.That(() => solver.Evaluate([1], all.AsSpan(0, 1), default, all.AsSpan(0, 6)), Throws.ArgumentException.With.Message.Contains("overlap"));
    }

    [Test]
    public void Second_derivatives_beyond_the_range_are_told()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints([new Position(0, 0, 0), new Position(1e-120, 0, 0)]);
        Assert.That(() => solver.Evaluate([1, 1], new double[2], default, new double[12]), Throws.InstanceOf<FieldRangeException>());
        Assert.That(solver.Method.Fields.Hessians.Length, Is.Zero);
    }

    [Test]
    public void A_kernel_of_ones_own_with_four_numbers_a_source_has_them_too()
    {
        Assert.That(KernelCheck.Run(default(Spread)), Is.Empty);
        Scene scene = Scene.Of("plummer", 1500);
        Position[] points = scene.Sources;
        double[] charges = scene.Charges, four = [.. charges.SelectMany(charge => new[] { 0.5 * charge, 0.25 * charge, 0.125 * charge, 0.125 * charge })];
        double[] found = new double[6 * points.Length], laplace = Hessians(new Scene(points, charges), _options);
        using FmmSolver solver = FmmSolver.Create(default(Spread), _options);
        solver.SetPoints(points);
        solver.Evaluate(four, new double[points.Length], default, found);
        double difference = 0, size = 0;
        for (int i = 0; i < found.Length; i++) (difference, size) = (difference + ((found[i] - laplace[i]) * (found[i] - laplace[i])), size + (laplace[i] * laplace[i]));
        Assert.That(Math.Sqrt(difference / size), Is.LessThan(1e-6));
        Assert.That(solver.Verify(500).HessianL2, Is.LessThan(1e-6));
    }

    private static void Check(Scene scene, FmmOptions options, double bound) => Assert.That(Error(scene, Hessians(scene, options)), Is.LessThan(bound));

    private static double[] Hessians(Scene scene, FmmOptions options)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        if (scene.Targets is null) solver.SetPoints(scene.Sources);
        else solver.SetPoints(scene.Sources, scene.Targets);
        double[] potentials = new double[scene.TargetCount], hessians = new double[6 * scene.TargetCount];
        solver.Evaluate(scene.Charges, potentials, default, hessians);
        return hessians;
    }

    private static double Error(Scene scene, double[] found)
    {
        double[] expected = Direct(scene);
        double difference = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        return size == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / size);
    }

    // 3 d d / r^5 - 1 / r^3, each pair in units of its distance.
    private static double[] Direct(Scene scene)
    {
        Position[] targets = scene.Targets ?? scene.Sources;
        double[] sums = new double[6 * targets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int j = 0; j < scene.Sources.Length; j++)
            {
                double x = targets[i].X - scene.Sources[j].X, y = targets[i].Y - scene.Sources[j].Y, z = targets[i].Z - scene.Sources[j].Z;
                double largest = Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z)));
                if (largest == 0) continue;
                (x, y, z) = (x / largest, y / largest, z / largest);
                double r = Math.Sqrt((x * x) + (y * y) + (z * z)), b = scene.Charges[j] / (4 * Math.PI * r * r * r) / largest / largest / largest;
                (x, y, z) = (x / r, y / r, z / r);
                double[] pair = [(3 * x * x) - 1, 3 * x * y, 3 * x * z, (3 * y * y) - 1, 3 * y * z, (3 * z * z) - 1];
                for (int c = 0; c < 6; c++) sums[(6 * i) + c] += b * pair[c];
            }
        }
        return sums;
    }

    // Laplace's field of a charge that comes in four parts.
    private readonly struct Spread : IKernel<Spread>
    {
        public static string Name => "spread";

        public static int SourceComponents => 4;

        public static int PotentialComponents => 1;

        public static int? Degree => -1;

        public static bool HasHessian => true;

        public static bool IsVector => false;

        public static double Normalisation(Spread kernel) => 1 / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static PairBlock<TRegister> Block<TRegister>(Spread kernel, TRegister dx, TRegister dy, TRegister dz)
            where TRegister : unmanaged, IRegister<TRegister>
        {
            TRegister inverse = TRegister.InverseSqrt(TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)));
            return new PairBlock<TRegister> { X = dx, Y = dy, Z = dz, A = inverse, B = inverse * inverse * inverse };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void AddPotential<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
            where TRegister : unmanaged, IRegister<TRegister> => sum.P0 = TRegister.MultiplyAdd(block.A, Whole(charge), sum.P0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void AddGradient<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref FieldSum<TRegister> sum)
            where TRegister : unmanaged, IRegister<TRegister>
        {
            TRegister force = block.B * Whole(charge);
            sum.G0X = TRegister.NegatedMultiplyAdd(force, block.X, sum.G0X);
            sum.G0Y = TRegister.NegatedMultiplyAdd(force, block.Y, sum.G0Y);
            sum.G0Z = TRegister.NegatedMultiplyAdd(force, block.Z, sum.G0Z);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void AddHessian<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref HessianSum<TRegister> sum)
            where TRegister : unmanaged, IRegister<TRegister> => Laplace.AddHessian(block, new PairCharge<TRegister> { Q0 = Whole(charge) }, ref sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TRegister Whole<TRegister>(in PairCharge<TRegister> charge)
            where TRegister : unmanaged, IRegister<TRegister> => charge.Q0 + charge.Q1 + (charge.Q2 + charge.Q3);
    }
}

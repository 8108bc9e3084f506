using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What holds of a method in a box that repeats beside its field: refusals, warnings, choices, threads, memory, entities.</summary>
public sealed class PeriodicRuleTests
{
    private static readonly Position _unit = new(1, 1, 1);

    [Test]
    public void A_box_that_does_not_wrap_refuses_points_outside_and_keeps_those_of_before()
    {
        Position[] points = [new(0.5, 0.5, 0.5), new(0, 0.1, 0.2)], outside = [new(0.5, 0.5, 0.5), new(0, 0.1, 1)];
        double[] before = new double[2], after = new double[2];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Periodic = PeriodicBox.Cube(1) with { Wraps = false } });
        solver.SetPoints(points);
        solver.Evaluate([1, -1], before);
        Assert.That(() => solver.SetPoints(outside), Throws.ArgumentException.With.Message.Contains("Point 1").And.Message.Contains("Wraps"));
        Assert.That(() => solver.SetPoints(points, outside), Throws.ArgumentException.With.Message.Contains("Point 1"));
        solver.Evaluate([1, -1], after);
        Assert.That(after, Is.EqualTo(before));
        solver.Method.Tree.Input.Set(outside);
        Assert.That(() => solver.Method.Schedule.Update(FmmStep.Everything), Throws.ArgumentException.With.Message.Contains("Point 1"));
    }

    [Test]
    public void A_box_that_cannot_repeat_is_refused_with_the_remedy()
    {
        static void Refused(PeriodicBox box, string why) => Assert.That(
            () => FmmSolver.Create(new Laplace(), new FmmOptions { Periodic = box }), Throws.TypeOf<FmmOptionException>().With.Message.Contains(why));
        Refused(new PeriodicBox(default, _unit, PeriodicAxes.None), "axes");
        Refused(new PeriodicBox(default, new Position(1, 0, 1)), "edge along y");
        Refused(new PeriodicBox(default, new Position(1, 1, 1.5)), "powers of two");
        Refused(new PeriodicBox(default, new Position(1, 1, 16)), "8 times");
        Refused(new PeriodicBox(new Position(double.NaN, 0, 0), _unit), "finite");
        Assert.That(() => FmmSolver.Create(new Stokes(1), new FmmOptions { Periodic = PeriodicBox.Cube(1) }), Throws.TypeOf<FmmOptionException>().With.Message.Contains("no sum over images"));
        Assert.That(() => FmmSolver.Create(new Laplace(), new FmmOptions { MaxLevel = 0, Periodic = PeriodicBox.Cube(1) }), Throws.TypeOf<FmmOptionException>().With.Message.Contains("1 level"));
        using FmmSolver wire = FmmSolver.Create(new Laplace(), new FmmOptions { Periodic = new PeriodicBox(default, _unit, PeriodicAxes.X) });
        wire.SetPoints([new(0, 0, 0), new(0, 9, 0)]);
        Assert.That(() => wire.Evaluate([1, -1], new double[2]), Throws.ArgumentException.With.Message.Contains("does not repeat"));
    }

    [Test]
    public void A_screening_that_vanishes_against_the_box_is_refused_and_a_little_more_is_not()
    {
        PeriodicBox box = new(default, new Position(4, 2, 4));
        Assert.That(
            () => FmmSolver.Create(new Yukawa(2e-4), new FmmOptions { Periodic = box }),
            Throws.TypeOf<FmmOptionException>().With.Message.Contains("below 0.001").And.Message.Contains("take Laplace"));
        Assert.That(() => FmmSolver.Create(new Yukawa(2.6e-4), new FmmOptions { Periodic = box }).Dispose(), Throws.Nothing);
        Assert.That(() => FmmSolver.Create(new Yukawa(0), new FmmOptions { Periodic = box }).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_kernel_that_says_another_form_than_its_own_is_refused()
    {
        FmmOptions options = new() { Periodic = PeriodicBox.Cube(1) };
        Assert.That(
            () => FmmSolver.Create(new Halved(), options),
            Throws.TypeOf<KernelException>().With.Message.Contains("TryScreened").And.Message.Contains("strength exp(-screening r)/r"));
        Assert.That(() => FmmSolver.Create(new Halved()).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_charge_in_all_is_told_of_and_a_neutral_one_is_not([Values(PeriodicAxes.XYZ, PeriodicAxes.XY, PeriodicAxes.X)] PeriodicAxes axes)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Periodic = new PeriodicBox(default, _unit, axes) });
        solver.SetPoints(PeriodicScene.Cloud(50, 1, clustered: false));
        double[] charges = PeriodicScene.Charges(50, neutral: true);
        solver.Evaluate(charges, new double[50]);
        Assert.That(solver.Report.Warnings, Is.Empty);
        charges[0] += 3;
        solver.Evaluate(charges, new double[50]);
        Assert.That(solver.Report.Warnings, Has.One.Contains("sum to 3:"));
        using FmmSolver screened = FmmSolver.Create(new Yukawa(2), new FmmOptions { Periodic = new PeriodicBox(default, _unit, axes) });
        screened.SetPoints(PeriodicScene.Cloud(50, 1, clustered: false));
        screened.Evaluate(charges, new double[50]);
        Assert.That(screened.Report.Warnings, Is.Empty);
    }

    [Test]
    public void Every_box_of_a_full_tree_has_whole_lists()
    {
        Position[] points = [.. Enumerable.Range(0, 512).Select(i => new Position(((i % 8) + 0.5) / 8, ((i / 8 % 8) + 0.5) / 8, ((i / 64) + 0.5) / 8))];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = 3, UniformDepth = 3, Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(points);
        solver.Evaluate(PeriodicScene.Charges(512, neutral: true), new double[512]);
        LevelReport[] levels = [.. solver.Report.Tree.Levels];
        Assert.That((levels[3].U.Members, levels[3].U.Largest), Is.EqualTo((512 * 27, 27)));
        Assert.That(levels.Select(level => level.V.Members), Is.EqualTo(new long[] { 0, 0, 64 * 189, 512 * 189 }));
    }

    [Test]
    public void The_leaf_is_chosen_by_what_is_met_across_the_walls([Values(3000, 40_000)] int count)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { LeafCapacity = LeafLadder.Capacities[8], Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(PeriodicScene.Cloud(count, 3, clustered: false));
        solver.Evaluate(PeriodicScene.Charges(count, neutral: true), new double[count]);
        using LeafSampler sampler = new(new Ledger());
        sampler.Take(PointKeys.Of(solver.World), 152, solver.Method.Tree.Settings, Jobs.Serial, PeriodicAxes.XYZ);
        Assert.That(sampler.Counts(8).NearPairs, Is.EqualTo(solver.Method.Plan.NearPairs).Within(8).Percent);
    }

    [Test]
    public void A_tolerance_is_kept([Values(1e-4, 1e-8)] double tolerance)
    {
        Position[] points = PeriodicScene.Cloud(3000, 3, clustered: true);
        double[] potentials = new double[points.Length];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Tolerance = tolerance, RequireTolerance = true, Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(points);
        solver.Evaluate(PeriodicScene.Charges(points.Length, neutral: true), potentials);
        Assert.That(solver.Verify(3000).PotentialL2, Is.LessThan(tolerance));
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads([Values] Precision precision, [Values(PeriodicAxes.XYZ, PeriodicAxes.XY)] PeriodicAxes axes)
    {
        Position[] points = PeriodicScene.Cloud(6000, 3, clustered: true);
        double[] charges = PeriodicScene.Charges(points.Length, neutral: false);
        FmmOptions options = new() { Order = 6, Gradient = true, Precision = precision, LeafCapacity = 40, Periodic = new PeriodicBox(default, _unit, axes) };
        (double[] one, double[] slopes) = PeriodicScene.Field(options with { Threads = 1 }, points, points, charges);
        foreach (int threads in (int[])[2, 3, 8])
        {
            (double[] some, double[] someSlopes) = PeriodicScene.Field(options with { Threads = threads }, points, points, charges);
            Assert.That(some, Is.EqualTo(one));
            Assert.That(someSlopes, Is.EqualTo(slopes));
        }
    }

    [Test]
    public void Points_that_move_across_the_walls_cost_no_managed_memory_and_have_the_field_of_a_new_solver()
    {
        Position[] points = PeriodicScene.Cloud(4000, 3, clustered: true);
        double[] charges = PeriodicScene.Charges(points.Length, neutral: false), potentials = new double[points.Length], gradients = new double[3 * points.Length];
        FmmOptions options = new() { Order = 6, Gradient = true, LeafCapacity = 40, Threads = 2, Periodic = PeriodicBox.Cube(1) };
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        long fewest = long.MaxValue;
        for (int step = 0; step < 12; step++)
        {
            for (int i = 0; i < points.Length; i++) points[i] = new Position(points[i].X + 0.01, points[i].Y - (0.02 * (i % 3)), points[i].Z + 0.013);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, gradients);
            if (step > 3) fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        Assert.That(fewest, Is.Zero);
        (double[] expected, double[] slopes) = PeriodicScene.Field(options, points, points, charges);
        Assert.That(potentials, Is.EqualTo(expected));
        Assert.That(gradients, Is.EqualTo(slopes));
    }

    [Test]
    public void Entities_outside_the_box_stay_where_they_are_and_can_be_verified()
    {
        World world = World.Create();
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), new FmmOptions { Order = 8, Periodic = PeriodicBox.Cube(1) }, FmmEntities.Of(new QueryDescription().WithAll<Position, Charge, Potential>()));
        Random random = new(3);
        for (int i = 0; i < 400; i++)
            world.Create(new Position((3 * random.NextDouble()) - 1, random.NextDouble(), random.NextDouble()), new Charge { Value = (i % 2) - 0.5 }, new Potential());
        method.Schedule.Update(FmmStep.Everything);
        Assert.That(method.Verify(100, Jobs.Serial).PotentialL2, Is.LessThan(1e-6));
        method.Dispose();
        World.Destroy(world);
    }

    // 1/r that says half of it.
    private readonly struct Halved : IRadialKernel<Halved>
    {
        public static string Name => "halved";

        public static int? Degree => -1;

        public static bool TryScreened(Halved kernel, out double strength, out double screening)
        {
            (strength, screening) = (0.5, 0);
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Profile<TRegister>(Halved kernel, TRegister r2, out TRegister phi, out TRegister force)
            where TRegister : unmanaged, IRegister<TRegister>
        {
            phi = TRegister.InverseSqrt(r2);
            force = phi * (phi * phi);
        }
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Images;
using Fmm.Tests.Operators;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests;

/// <summary>Boxes that repeat, against direct sums over images, Ewald's sum and the Madelung constants.</summary>
public sealed class PeriodicTests
{
    private static readonly Position _unit = new(1, 1, 1);

    [TestCase("NaCl", 1.747564594633182)]
    [TestCase("CsCl", 1.762674773070988)]
    [TestCase("ZnS", 1.638055053388790)]
    public void Crystals_have_their_Madelung_constants(string crystal, double expected)
    {
        (Position[] ions, double[] charges, double nearest) = Crystal(crystal);
        double[] potentials = new double[ions.Length];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = 14, Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(ions);
        solver.Evaluate(charges, potentials);
        for (int i = 0; i < ions.Length; i++) Assert.That(-4 * Math.PI * nearest * charges[i] * potentials[i], Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Potential_and_gradient_are_those_of_Ewald(
        [Values(0, 3)] double k, [Values] bool neutral, [Values] bool clustered, [Values] bool shared)
    {
        Position[] sources = Cloud(300, 3, clustered), targets = shared ? sources : Cloud(200, 4, clustered: false);
        double[] charges = Charges(sources.Length, neutral);
        Compare(PeriodicBox.Cube(1), k, sources, targets, charges, new FmmOptions { Order = 10, LeafCapacity = 10 }, 5e-8, 2e-7);
    }

    [TestCase(PeriodicAxes.XY, 1, 1, 1)]
    [TestCase(PeriodicAxes.X | PeriodicAxes.Z, 1, 1, 1)]
    [TestCase(PeriodicAxes.Y, 1, 1, 1)]
    [TestCase(PeriodicAxes.XYZ, 1, 0.5, 1)]
    [TestCase(PeriodicAxes.XYZ, 0.25, 1, 0.5)]
    [TestCase(PeriodicAxes.XY, 0.5, 1, 0.7)]
    [TestCase(PeriodicAxes.X, 1, 3, 1.5)]
    [TestCase(PeriodicAxes.Y | PeriodicAxes.Z, 1.8, 0.5, 0.5)]
    public void One_or_two_axes_and_boxes_that_are_no_cubes_have_the_field_of_all_images(PeriodicAxes axes, double x, double y, double z)
    {
        foreach (double k in (double[])[0, 3])
        {
            Position[] points = [.. Cloud(160, 5, clustered: true).Select(at => new Position((x * at.X) - 3, (y * at.Y) + 1, (z * at.Z) - 0.5))];
            PeriodicBox box = new(new Position(-3, 1, -0.5), new Position(x, y, z), axes);
            foreach (bool neutral in (bool[])[true, false])
                Compare(box, k, points, points, Charges(points.Length, neutral), new FmmOptions { Order = 10, LeafCapacity = 8 }, 5e-8, 3e-7);
        }
    }

    [Test]
    public void Points_outside_the_box_act_as_their_images_inside([Values] bool shared)
    {
        Position[] inside = Cloud(500, 3, clustered: true), outside = [.. inside.Select((at, i) => new Position(at.X + (i % 3) - 1, at.Y - (i % 5), at.Z + (7 * (i % 2))))];
        double[] charges = Charges(inside.Length, neutral: true);
        FmmOptions options = new() { Order = 6, LeafCapacity = 20, Gradient = true, Periodic = PeriodicBox.Cube(1) };
        (double[] expected, double[] slopes) = Field(options, inside, shared ? inside : [.. inside.Reverse()], charges);
        (double[] found, double[] foundSlopes) = Field(options, outside, shared ? outside : [.. outside.Reverse()], charges);
        Assert.That(DirectField.Error(found, expected), Is.LessThan(1e-12));
        Assert.That(DirectField.Error(foundSlopes, slopes), Is.LessThan(1e-11));
    }

    [Test]
    public void The_field_is_the_same_wherever_the_box_is_cut()
    {
        Position[] points = Cloud(2000, 3, clustered: true);
        double[] charges = Charges(points.Length, neutral: true);
        FmmOptions options = new() { Order = 10, Gradient = true, LeafCapacity = 20, Periodic = PeriodicBox.Cube(1) };
        (double[] expected, double[] slopes) = Field(options, points, points, charges);
        (double[] found, double[] foundSlopes) = Field(options with { Periodic = PeriodicBox.Cube(1, new Position(0.37, -0.21, 5.3)) }, points, points, charges);
        Assert.That(DirectField.Error(found, expected), Is.LessThan(3e-8));
        Assert.That(DirectField.Error(foundSlopes, slopes), Is.LessThan(3e-7));
    }

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
    public void A_charge_in_all_is_told_of_and_a_neutral_one_is_not([Values(PeriodicAxes.XYZ, PeriodicAxes.XY, PeriodicAxes.X)] PeriodicAxes axes)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Periodic = new PeriodicBox(default, _unit, axes) });
        solver.SetPoints(Cloud(50, 1, clustered: false));
        double[] charges = Charges(50, neutral: true);
        solver.Evaluate(charges, new double[50]);
        Assert.That(solver.Report.Warnings, Is.Empty);
        charges[0] += 3;
        solver.Evaluate(charges, new double[50]);
        Assert.That(solver.Report.Warnings, Has.One.Contains("sum to 3:"));
        using FmmSolver screened = FmmSolver.Create(new Yukawa(2), new FmmOptions { Periodic = new PeriodicBox(default, _unit, axes) });
        screened.SetPoints(Cloud(50, 1, clustered: false));
        screened.Evaluate(charges, new double[50]);
        Assert.That(screened.Report.Warnings, Is.Empty);
    }

    [Test]
    public void Every_strategy_and_precision_has_the_same_field([Values] TransferStrategy transfer, [Values] Precision precision)
    {
        Position[] points = Cloud(1500, 3, clustered: true);
        double[] charges = Charges(points.Length, neutral: false);
        FmmOptions options = new() { Order = 6, LeafCapacity = 20, Gradient = true, Periodic = PeriodicBox.Cube(1), Transfer = transfer, Precision = precision };
        (double[] expected, double[] slopes) = Field(options with { Order = 12, Transfer = TransferStrategy.Fft, Precision = Precision.Double }, points, points, charges);
        (double[] found, double[] foundSlopes) = Field(options, points, points, charges);
        Assert.That(DirectField.Error(found, expected), Is.LessThan(2e-5));
        Assert.That(DirectField.Error(foundSlopes, slopes), Is.LessThan(1e-4));
    }

    [FsCheck.NUnit.Property(MaxTest = 30)]
    public void Any_cloud_in_any_box_has_the_direct_sum_over_its_images(byte axes, byte shape, ushort seed, bool neutral, bool shared, bool single)
    {
        Random random = new(seed);
        double[] edges = [.. Enumerable.Range(0, 3).Select(_ => Math.Pow(2, shape % 5 == 0 ? random.Next(3) - 1 : 0) * 1.7)];
        PeriodicAxes along = (PeriodicAxes)((axes % 7) + 1);
        Position origin = new(random.NextDouble() - 5, 3 * random.NextDouble(), -random.NextDouble());
        Position[] sources = Placed(Cloud(400, seed, random.Next(2) == 0)), targets = shared ? sources : Placed(Cloud(150, seed + 1, random.Next(2) == 0));
        FmmOptions options = new()
        {
            Order = 8, Gradient = true, LeafCapacity = 5 + random.Next(60), Periodic = new PeriodicBox(origin, new Position(edges[0], edges[1], edges[2]), along),
            Precision = single ? Precision.Single : Precision.Double,
        };
        double k = random.Next(2) * random.NextDouble() * 4;
        using FmmSolver solver = k == 0 ? FmmSolver.Create(new Laplace(), options) : FmmSolver.Create(new Yukawa(k), options);
        if (shared) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        solver.Evaluate(Charges(sources.Length, neutral), new double[targets.Length], new double[3 * targets.Length]);
        FieldError error = solver.Verify(targets.Length);
        Assert.That(error.PotentialL2, Is.LessThan(single ? 2e-5 : 2e-6), $"{along}, edges {string.Join(' ', edges)}, k {k}");
        Assert.That(error.GradientL2, Is.LessThan(single ? 5e-5 : 1e-5), $"{along}, edges {string.Join(' ', edges)}, k {k}");

        Position[] Placed(Position[] points) => [.. points.Select(at => new Position(origin.X + (edges[0] * at.X), origin.Y + (edges[1] * at.Y), origin.Z + (edges[2] * at.Z)))];
    }

    [Test]
    public void Points_that_are_close_across_a_wall_keep_their_digits_in_single_precision([Values(1e-3, 1e-7, 1e-12)] double distance)
    {
        Position[] points = Cloud(400, 3, clustered: false);
        (points[0], points[1]) = (new Position(0, 0.25, 0.5), new Position(1 - distance, 0.25, 0.5));
        FmmOptions options = new() { Order = 6, LeafCapacity = 30, Gradient = true, Periodic = PeriodicBox.Cube(1) };
        double[] charges = Charges(points.Length, neutral: true);
        (double[] expected, double[] slopes) = Field(options, points, points, charges);
        (double[] found, double[] foundSlopes) = Field(options with { Precision = Precision.Single }, points, points, charges);
        Assert.That(DirectField.Error(found.AsSpan(0, 2), expected.AsSpan(0, 2)), Is.LessThan(1e-5));
        Assert.That(DirectField.Error(foundSlopes.AsSpan(0, 6), slopes.AsSpan(0, 6)), Is.LessThan(1e-5));
        Assert.That(Math.Abs(expected[0]), Is.GreaterThan(0.05 * Math.Abs(charges[1]) / distance));
    }

    [Test]
    public void The_leaf_is_chosen_by_what_is_met_across_the_walls([Values(3000, 40_000)] int count)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { LeafCapacity = LeafLadder.Capacities[8], Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(Cloud(count, 3, clustered: false));
        solver.Evaluate(Charges(count, neutral: true), new double[count]);
        using LeafSampler sampler = new(new Ledger());
        sampler.Take(PointKeys.Of(solver.World), 152, solver.Method.Tree.Settings, Jobs.Serial, PeriodicAxes.XYZ);
        Assert.That(sampler.Counts(8).NearPairs, Is.EqualTo(solver.Method.Plan.NearPairs).Within(8).Percent);
    }

    [Test]
    public void A_tolerance_is_kept([Values(1e-4, 1e-8)] double tolerance)
    {
        Position[] points = Cloud(3000, 3, clustered: true);
        double[] potentials = new double[points.Length];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Tolerance = tolerance, RequireTolerance = true, Periodic = PeriodicBox.Cube(1) });
        solver.SetPoints(points);
        solver.Evaluate(Charges(points.Length, neutral: true), potentials);
        Assert.That(solver.Verify(3000).PotentialL2, Is.LessThan(tolerance));
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads([Values] Precision precision, [Values(PeriodicAxes.XYZ, PeriodicAxes.XY)] PeriodicAxes axes)
    {
        Position[] points = Cloud(6000, 3, clustered: true);
        double[] charges = Charges(points.Length, neutral: false);
        FmmOptions options = new() { Order = 6, Gradient = true, Precision = precision, LeafCapacity = 40, Periodic = new PeriodicBox(default, _unit, axes) };
        (double[] one, double[] slopes) = Field(options with { Threads = 1 }, points, points, charges);
        foreach (int threads in (int[])[2, 3, 8])
        {
            (double[] some, double[] someSlopes) = Field(options with { Threads = threads }, points, points, charges);
            Assert.That(some, Is.EqualTo(one));
            Assert.That(someSlopes, Is.EqualTo(slopes));
        }
    }

    [Test]
    public void Points_that_move_across_the_walls_cost_no_managed_memory_and_have_the_field_of_a_new_solver()
    {
        Position[] points = Cloud(4000, 3, clustered: true);
        double[] charges = Charges(points.Length, neutral: false), potentials = new double[points.Length], gradients = new double[3 * points.Length];
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
        (double[] expected, double[] slopes) = Field(options, points, points, charges);
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

    [Test]
    public void A_lone_charge_meets_its_own_images()
    {
        // A Wigner crystal of one charge a cube: -2.837297 / (4 pi).
        double[] potential = new double[1];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = 12, Periodic = PeriodicBox.Cube(2) });
        solver.SetPoints([new(0.3, 1.9, 0)]);
        solver.Evaluate([3], potential);
        Assert.That(potential[0], Is.EqualTo(3 * -2.8372974794806476 / 2 / (4 * Math.PI)).Within(1e-10));
    }

    private static (double[] Potentials, double[] Gradients) Field(FmmOptions options, Position[] sources, Position[] targets, double[] charges)
    {
        double[] potentials = new double[targets.Length], gradients = new double[3 * targets.Length];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        if (ReferenceEquals(sources, targets)) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        solver.Evaluate(charges, potentials, gradients);
        return (potentials, gradients);
    }

    internal static void Compare(
        PeriodicBox box, double k, Position[] sources, Position[] targets, double[] charges, FmmOptions options, double bar, double slopeBar)
    {
        double[] potentials = new double[targets.Length], gradients = new double[3 * targets.Length];
        using FmmSolver solver = k == 0
            ? FmmSolver.Create(new Laplace(), options with { Periodic = box, Gradient = true })
            : FmmSolver.Create(new Yukawa(k), options with { Periodic = box, Gradient = true });
        if (ReferenceEquals(sources, targets)) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        solver.Evaluate(charges, potentials, gradients);
        FieldError told = solver.Verify(targets.Length);
        Assert.That(told.PotentialL2, Is.LessThan(bar), "by Verify");
        Assert.That(told.GradientL2, Is.LessThan(slopeBar), "by Verify");
        IImageSum reference = IImageSum.Of(box, k);
        List<double> found = [], expected = [], slopes = [], expectedSlopes = [];
        for (int i = 0; i < targets.Length; i += targets.Length / 6)
        {
            double[] field = reference.At(targets[i], sources, charges);
            found.Add(potentials[i]);
            expected.Add(field[0]);
            slopes.AddRange(gradients[(3 * i)..((3 * i) + 3)]);
            expectedSlopes.AddRange(field[1..]);
        }
        TestContext.Out.WriteLine($"{DirectField.Error([.. found], [.. expected]):e2} {DirectField.Error([.. slopes], [.. expectedSlopes]):e2} depth {solver.Method.Tree.Shape.Depth}; told {told.PotentialL2:e2} {told.GradientL2:e2}");
        Assert.That(DirectField.Error([.. found], [.. expected]), Is.LessThan(bar));
        Assert.That(DirectField.Error([.. slopes], [.. expectedSlopes]), Is.LessThan(slopeBar));
    }

    internal static Position[] Cloud(int count, int seed, bool clustered)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => !clustered || i % 2 == 0
            ? new Position(random.NextDouble(), random.NextDouble(), random.NextDouble())
            // Around a corner, so that the cluster lies on all sides of the walls.
            : new Position(Near(random, 0.04), Near(random, 0.04), Near(random, 0.04)))];
    }

    internal static double[] Charges(int count, bool neutral)
    {
        Random random = new(7);
        double[] charges = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - (neutral ? 0.5 : 0))];
        double mean = neutral ? charges.Average() : 0;
        return [.. charges.Select(charge => charge - mean)];
    }

    private static double Near(Random random, double width)
    {
        double x = width * (random.NextDouble() - 0.5);
        return x < 0 ? x + 1 : x;
    }

    private static (Position[] Ions, double[] Charges, double Nearest) Crystal(string name)
    {
        Position[] faces = [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0)];
        Position Moved(Position at, double by) => new((at.X + by) % 1, (at.Y + by) % 1, (at.Z + by) % 1);
        (Position[] plus, Position[] minus, double nearest) = name switch
        {
            "NaCl" => (faces, [.. faces.Select(at => Moved(at, 0.5))], 0.5),
            "CsCl" => ([new(0, 0, 0)], [new(0.5, 0.5, 0.5)], Math.Sqrt(0.75)),
            _ => (faces, (Position[])[.. faces.Select(at => Moved(at, 0.25))], Math.Sqrt(3) / 4),
        };
        return ([.. plus, .. minus], [.. plus.Select(_ => 1.0), .. minus.Select(_ => -1.0)], nearest);
    }
}

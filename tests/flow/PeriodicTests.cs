using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests;

/// <summary>Fields in boxes that repeat, against direct sums over images, Ewald's sum and the Madelung constants.</summary>
public sealed class PeriodicTests
{
    [TestCase("NaCl", 1.747564594633182)]
    [TestCase("CsCl", 1.762674773070988)]
    [TestCase("ZnS", 1.638055053388790)]
    public void Crystals_have_their_Madelung_constants(string crystal, double expected)
    {
        (Position[] ions, double[] charges, double nearest) = PeriodicScene.Crystal(crystal);
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
        Position[] sources = PeriodicScene.Cloud(300, 3, clustered), targets = shared ? sources : PeriodicScene.Cloud(200, 4, clustered: false);
        double[] charges = PeriodicScene.Charges(sources.Length, neutral);
        PeriodicScene.Compare(PeriodicBox.Cube(1), k, sources, targets, charges, new FmmOptions { Order = 10, LeafCapacity = 10 }, 5e-8, 2e-7);
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
            Position[] points = [.. PeriodicScene.Cloud(96, 5, clustered: true).Select(at => new Position((x * at.X) - 3, (y * at.Y) + 1, (z * at.Z) - 0.5))];
            PeriodicBox box = new(new Position(-3, 1, -0.5), new Position(x, y, z), axes);
            // A screened charge has no background, so that one sum tells all.
            foreach (bool neutral in k == 0 ? (bool[])[true, false] : [false])
                PeriodicScene.Compare(box, k, points, points, PeriodicScene.Charges(points.Length, neutral), new FmmOptions { Order = 10, LeafCapacity = 5 }, 5e-8, 3e-7);
        }
    }

    [Test]
    public void Softened_bodies_attract_each_other_across_walls()
    {
        const double Length = 0.06;
        Position[] bodies = PeriodicScene.Cloud(400, 3, clustered: true);
        double[] masses = [.. bodies.Select((_, i) => 1 + (0.1 * (i % 7)))], found = new double[bodies.Length], expected = new double[bodies.Length];
        FmmOptions options = new() { Order = 10, LeafCapacity = 10, Periodic = PeriodicBox.Cube(1) };
        Evaluate(default(Laplace), expected);
        Evaluate(new SoftenedGravity(Length), found);
        int close = 0;
        for (int i = 0; i < bodies.Length; i++)
        {
            expected[i] *= -4 * Math.PI;
            for (int j = 0; j < bodies.Length; j++)
            {
                double x = Nearest(bodies[i].X - bodies[j].X), y = Nearest(bodies[i].Y - bodies[j].Y), z = Nearest(bodies[i].Z - bodies[j].Z);
                double r = Math.Sqrt((x * x) + (y * y) + (z * z)), u = r / Length;
                if (r == 0 || u >= 1) continue;
                close += Math.Abs(bodies[i].X - bodies[j].X) > 0.5 ? 1 : 0;
                expected[i] += masses[j] * ((1 / r) - ((15 - (10 * u * u) + (3 * u * u * u * u)) / (8 * Length)));
            }
        }
        Assert.That(close, Is.Positive, "pairs across a wall are within the length");
        Assert.That(DirectField.Error(found, expected), Is.LessThan(5e-8));

        static double Nearest(double difference) => difference - Math.Round(difference);

        void Evaluate<TKernel>(TKernel kernel, double[] potentials)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            using FmmSolver solver = FmmSolver.Create(kernel, options);
            solver.SetPoints(bodies);
            solver.Evaluate(masses, potentials);
        }
    }

    [Test]
    public void Points_outside_the_box_act_as_their_images_inside([Values] bool shared)
    {
        Position[] inside = PeriodicScene.Cloud(500, 3, clustered: true), outside = [.. inside.Select((at, i) => new Position(at.X + (i % 3) - 1, at.Y - (i % 5), at.Z + (7 * (i % 2))))];
        double[] charges = PeriodicScene.Charges(inside.Length, neutral: true);
        FmmOptions options = new() { Order = 6, LeafCapacity = 20, Gradient = true, Periodic = PeriodicBox.Cube(1) };
        (double[] expected, double[] slopes) = PeriodicScene.Field(options, inside, shared ? inside : [.. inside.Reverse()], charges);
        (double[] found, double[] foundSlopes) = PeriodicScene.Field(options, outside, shared ? outside : [.. outside.Reverse()], charges);
        Assert.That(DirectField.Error(found, expected), Is.LessThan(1e-12));
        Assert.That(DirectField.Error(foundSlopes, slopes), Is.LessThan(1e-11));
    }

    [Test]
    public void The_field_is_the_same_wherever_the_box_is_cut()
    {
        Position[] points = PeriodicScene.Cloud(2000, 3, clustered: true);
        double[] charges = PeriodicScene.Charges(points.Length, neutral: true);
        FmmOptions options = new() { Order = 10, Gradient = true, LeafCapacity = 20, Periodic = PeriodicBox.Cube(1) };
        (double[] expected, double[] slopes) = PeriodicScene.Field(options, points, points, charges);
        (double[] found, double[] foundSlopes) = PeriodicScene.Field(options with { Periodic = PeriodicBox.Cube(1, new Position(0.37, -0.21, 5.3)) }, points, points, charges);
        Assert.That(DirectField.Error(found, expected), Is.LessThan(3e-8));
        Assert.That(DirectField.Error(foundSlopes, slopes), Is.LessThan(3e-7));
    }

    [Test]
    public void Every_strategy_and_precision_has_the_same_field([Values] TransferStrategy transfer, [Values] Precision precision)
    {
        Position[] points = PeriodicScene.Cloud(1500, 3, clustered: true);
        double[] charges = PeriodicScene.Charges(points.Length, neutral: false);
        FmmOptions options = new() { Order = 6, LeafCapacity = 20, Gradient = true, Periodic = PeriodicBox.Cube(1), Transfer = transfer, Precision = precision };
        (double[] expected, double[] slopes) = PeriodicScene.Field(options with { Order = 12, Transfer = TransferStrategy.Fft, Precision = Precision.Double }, points, points, charges);
        (double[] found, double[] foundSlopes) = PeriodicScene.Field(options, points, points, charges);
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
        Position[] sources = Placed(PeriodicScene.Cloud(400, seed, random.Next(2) == 0)), targets = shared ? sources : Placed(PeriodicScene.Cloud(150, seed + 1, random.Next(2) == 0));
        FmmOptions options = new()
        {
            Order = 8,
            Gradient = true,
            LeafCapacity = 5 + random.Next(60),
            Periodic = new PeriodicBox(origin, new Position(edges[0], edges[1], edges[2]), along),
            Precision = single ? Precision.Single : Precision.Double,
        };
        double k = random.Next(2) * random.NextDouble() * 4;
        using FmmSolver solver = k == 0 ? FmmSolver.Create(new Laplace(), options) : FmmSolver.Create(new Yukawa(k), options);
        if (shared) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        solver.Evaluate(PeriodicScene.Charges(sources.Length, neutral), new double[targets.Length], new double[3 * targets.Length]);
        FieldError error = solver.Verify(targets.Length);
        // The background of charges that don't cancel is of their potential's size, and what is left of both may be small beside its rounding.
        Assert.That(error.PotentialL2, Is.LessThan(!single ? 2e-6 : neutral ? 2e-5 : 1e-4), $"{along}, edges {string.Join(' ', edges)}, k {k}");
        Assert.That(error.GradientL2, Is.LessThan(single ? 5e-5 : 1e-5), $"{along}, edges {string.Join(' ', edges)}, k {k}");

        Position[] Placed(Position[] points) => [.. points.Select(at => new Position(origin.X + (edges[0] * at.X), origin.Y + (edges[1] * at.Y), origin.Z + (edges[2] * at.Z)))];
    }

    [Test]
    public void Points_that_are_close_across_a_wall_keep_their_digits_in_single_precision([Values(1e-3, 1e-7, 1e-12)] double distance)
    {
        Position[] points = PeriodicScene.Cloud(400, 3, clustered: false);
        (points[0], points[1]) = (new Position(0, 0.25, 0.5), new Position(1 - distance, 0.25, 0.5));
        FmmOptions options = new() { Order = 6, LeafCapacity = 30, Gradient = true, Periodic = PeriodicBox.Cube(1) };
        double[] charges = PeriodicScene.Charges(points.Length, neutral: true);
        (double[] expected, double[] slopes) = PeriodicScene.Field(options, points, points, charges);
        (double[] found, double[] foundSlopes) = PeriodicScene.Field(options with { Precision = Precision.Single }, points, points, charges);
        Assert.That(DirectField.Error(found.AsSpan(0, 2), expected.AsSpan(0, 2)), Is.LessThan(1e-5));
        Assert.That(DirectField.Error(foundSlopes.AsSpan(0, 6), slopes.AsSpan(0, 6)), Is.LessThan(1e-5));
        Assert.That(Math.Abs(expected[0]), Is.GreaterThan(0.05 * Math.Abs(charges[1]) / distance));
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
}

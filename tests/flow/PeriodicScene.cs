using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Images;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Clouds, charges and crystals in boxes that repeat, and their fields.</summary>
internal static class PeriodicScene
{
    internal static (double[] Potentials, double[] Gradients) Field(FmmOptions options, Position[] sources, Position[] targets, double[] charges)
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
        // Even ones, which lie apart from the cluster: differences stand for slopes in the reference.
        for (int i = 0; i < targets.Length; i += targets.Length / 12 * 2)
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

    internal static (Position[] Ions, double[] Charges, double Nearest) Crystal(string name)
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

    private static double Near(Random random, double width)
    {
        double x = width * (random.NextDouble() - 0.5);
        return x < 0 ? x + 1 : x;
    }
}

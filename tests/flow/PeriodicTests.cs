using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Images;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Boxes that repeat along three axes, against Ewald's sum and the Madelung constants.</summary>
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
        Position[] sources = Cloud(700, 3, clustered), targets = shared ? sources : Cloud(300, 4, clustered: false);
        double[] charges = Charges(sources.Length, neutral);
        Compare(PeriodicBox.Cube(1), k, sources, targets, charges, new FmmOptions { Order = 10, LeafCapacity = 20 }, 2e-8, 2e-7);
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
        EwaldSum ewald = new(box.Edges, k);
        List<double> found = [], expected = [], slopes = [], expectedSlopes = [];
        for (int i = 0; i < targets.Length; i += targets.Length / 6)
        {
            double[] field = ewald.At(targets[i], sources, charges);
            found.Add(potentials[i]);
            expected.Add(field[0]);
            slopes.AddRange(gradients[(3 * i)..((3 * i) + 3)]);
            expectedSlopes.AddRange(field[1..]);
        }
        TestContext.Out.WriteLine($"{DirectField.Error([.. found], [.. expected]):e2} {DirectField.Error([.. slopes], [.. expectedSlopes]):e2} depth {solver.Method.Tree.Shape.Depth}");
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
        if (neutral) charges[^1] -= charges.Sum();
        return charges;
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

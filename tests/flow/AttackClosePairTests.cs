using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackClosePairTests
{
    [Test]
    public void A_close_pair_beside_others_is_no_coincidence([Values(1e-160, 1e-200, 1e-300)] double distance, [Values(1, 50)] int others)
    {
        Position[] points = [new(0, 0, 0), new(distance, 0, 0), .. Scene.Points("cube", others, 3)];
        double[] charges = [.. Enumerable.Repeat(1.0, points.Length)], potentials = new double[points.Length];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 6 });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials);
        Assert.That(potentials[0], Is.EqualTo(1 / distance / (4 * Math.PI)).Within(1e-4).Percent);
    }
}

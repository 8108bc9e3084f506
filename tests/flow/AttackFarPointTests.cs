using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackFarPointTests
{
    [Test]
    public void A_point_so_far_away_that_its_distance_cannot_be_squared_costs_the_others_nothing(
        [Values(1e125, 1e153, 1e155, 1e200, 1e299)] double distance, [Values(2, 600)] int count, [Values] Precision precision, [Values] bool gradient)
    {
        Position[] points = [.. Scene.Points("cube", count, 3), new Position(distance, 0, 0)];
        double[] charges = PointClouds.Charges(count + 1, 1), potentials = new double[count + 1], gradients = new double[gradient ? 3 * (count + 1) : 0];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 6, Precision = precision, Gradient = gradient });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials, gradients);
        Position[] targets = points[..Math.Min(count, 20)];
        Assert.That(ExactField.Error(potentials[..targets.Length], ExactField.Of(default(Laplace), points, charges, targets)), Is.LessThan(1e-4));
    }
}

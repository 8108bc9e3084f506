using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;
using Scene = Fmm.Tests.Flow.Scene;

namespace Fmm.Tests.Attack;

/// <summary>FAILS ON PURPOSE: a fault that an attack found, not mended here.</summary>
public sealed class AttackFarPointTests
{
    [Test]
    public void A_point_so_far_away_that_its_distance_cannot_be_squared_costs_the_others_nothing(
        [Values(1e125, 1e153, 1e155, 1e200, 1e299)] double distance, [Values(2, 600)] int count, [Values] Precision precision, [Values] bool gradient)
    {
        // From about 1e153 on: exit "ok", the cloud's own potentials come out as 0 + far charge / distance. From 1e104 (2 points) and 1e121
        // (600) on, with gradients: ArithmeticException though every number can be represented.
        Position[] points = [.. Scene.Points("cube", count, 3), new Position(distance, 0, 0)];
        double[] charges = PointClouds.Charges(count + 1, 1), potentials = new double[count + 1], gradients = new double[gradient ? 3 * (count + 1) : 0];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 6, Precision = precision, Gradient = gradient });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials, gradients);
        Position[] targets = points[..Math.Min(count, 20)];
        Assert.That(ExactField.Error(potentials[..targets.Length], ExactField.Of(default(Laplace), points, charges, targets)), Is.LessThan(1e-4));
    }
}

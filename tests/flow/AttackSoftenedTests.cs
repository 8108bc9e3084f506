using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackSoftenedTests
{
    [Test]
    public void A_softened_kernel_gives_the_same_digits_whichever_way_the_points_are_given([Values(1e-3, 1e-4, 1e-6, 1e-8)] double softening, [Values] Precision precision)
    {
        // 1/sqrt(r^2 + e^2) as one writes it. At a coincident pair 1/e is added to the sum and subtracted afterwards.
        Position[] points = Scene.Points("cube", 400, 3);
        double[] charges = PointClouds.Charges(400, 1), potentials = new double[400];
        using FmmSolver solver = FmmSolver.Create(new Softened(softening), new FmmOptions { Order = 8, Precision = precision });
        solver.SetPoints(points, points);
        solver.Evaluate(charges, potentials);
        // ExactField scales its pairs, which this kernel can't be.
        double[] exact = new double[400];
        for (int t = 0; t < 400; t++)
        {
            for (int s = 0; s < 400; s++)
            {
                double dx = points[t].X - points[s].X, dy = points[t].Y - points[s].Y, dz = points[t].Z - points[s].Z;
                if (t != s) exact[t] += charges[s] / Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz) + (softening * softening));
            }
        }
        Assert.That(ExactField.Error(potentials, exact), Is.LessThan(precision == Precision.Single ? 1e-6 : 1e-13));
        Assert.That(solver.Verify(400).PotentialL2, Is.LessThan(precision == Precision.Single ? 1e-6 : 1e-13));
    }
}

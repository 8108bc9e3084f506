using System.Diagnostics;
using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The comparison with direct sums: its blocks of targets, and its end before the end.</summary>
internal sealed class VerifyTests
{
    [Test]
    public void TheErrorOfManyTargetsIsThatOfADirectSumOverAllOfThem()
    {
        const int Count = 2500;
        Position[] points = PointClouds.Draw(default(UnitCube), Count, 3);
        double[] charges = PointClouds.Charges(Count, 3), potentials = new double[Count];
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = 4, LeafCapacity = 40, Threads = 2 });
        solver.SetPoints(points);
        solver.Evaluate(charges, potentials);
        double difference = 0, reference = 0;
        for (int t = 0; t < Count; t++)
        {
            double sum = 0;
            for (int s = 0; s < Count; s++)
            {
                double x = points[t].X - points[s].X, y = points[t].Y - points[s].Y, z = points[t].Z - points[s].Z;
                if (s != t) sum += charges[s] / (4 * Math.PI * Math.Sqrt((x * x) + (y * y) + (z * z)));
            }
            difference += (potentials[t] - sum) * (potentials[t] - sum);
            reference += sum * sum;
        }
        FieldError error = solver.Verify(Count);
        Assert.That(error.Samples, Is.EqualTo(Count));
        Assert.That(error.PotentialL2, Is.EqualTo(Math.Sqrt(difference / reference)).Within(1e-6).Percent);
    }

    [Test]
    public void ACancelledComparisonEndsLongBeforeItsSums()
    {
        const int Count = 400_000; // 1.6e11 pairs: minutes
        using FmmSolver solver = FmmSolver.Create(new Laplace(), new FmmOptions { Order = 3, Precision = Precision.Single, Threads = 2 });
        solver.SetPoints(PointClouds.Draw(default(UnitCube), Count, 3));
        double[] potentials = new double[Count];
        solver.Evaluate(PointClouds.Charges(Count, 3), potentials);
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(300));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => solver.Verify(Count, cancellation.Token));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(solver.Verify(50).PotentialL2, Is.InRange(1e-6, 1e-2), "the solver goes on");
    }

    [TestCase(1e308)]
    [TestCase(-1.7e308)]
    public void AFiniteCoordinateIsNotToldToBeFinite(double far)
    {
        using FmmSolver solver = FmmSolver.Create(new Laplace());
        try
        {
            solver.SetPoints([new Position(far, far, far), default]);
        }
        catch (ArgumentException fault)
        {
            Assert.That(fault.Message, Does.Not.Contain("must be finite").And.Not.Contain("\u221E"));
        }
    }
}

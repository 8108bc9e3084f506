using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackSmallMovingTests
{
    [Test]
    public void A_small_moving_cloud_of_a_kernel_with_a_length_allocates_nothing()
    {
        // 10 points are one leaf, which needs no operators.
        using FmmSolver solver = FmmSolver.Create(new Yukawa(1), new FmmOptions { Order = 6, Threads = 1 });
        Position[][] steps = [.. Enumerable.Range(0, 20).Select(i => Scene.Points("cube", 10, i).Select(p => new Position(p.X * (1 + (0.3 * Math.Sin(i))), p.Y, p.Z)).ToArray())];
        double[] charges = PointClouds.Charges(10, 1), potentials = new double[10];
        long before = 0;
        for (int round = 0; round < 4; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (Position[] points in steps)
            {
                solver.SetPoints(points);
                solver.Evaluate(charges, potentials);
            }
        }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}

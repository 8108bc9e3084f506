using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackOverlapTests
{
    [Test]
    public void Outputs_that_overlap_each_other_are_refused()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 5, Gradient = true });
        solver.SetPoints(Scene.Points("cube", 1000, 3));
        double[] both = new double[3500], charges = PointClouds.Charges(1000, 1);
        Assert.That(() => solver.Evaluate(charges, both.AsSpan(0, 1000), both.AsSpan(500, 3000)), Throws.ArgumentException);
    }
}

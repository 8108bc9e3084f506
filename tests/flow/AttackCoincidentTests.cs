using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackCoincidentTests
{
    [Test]
    public void Points_that_all_coincide_have_no_field_and_no_error()
    {
        double[] potentials = new double[64];
        using FmmSolver solver = FmmSolver.Create(new Softened(0.1), new FmmOptions { Order = 6 });
        solver.SetPoints([.. Enumerable.Repeat(new Position(0.3, 0.4, 0.5), 64)]);
        solver.Evaluate(PointClouds.Charges(64, 1), potentials);
        Assert.That(potentials, Is.All.Zero);
        Assert.That(solver.Verify(64).PotentialL2, Is.Zero);
    }
}

using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The potential energy that a report tells, and where it tells none.</summary>
internal sealed class EnergyTests
{
    [Test]
    public void Two_charges_have_the_energy_of_their_pair()
    {
        using FmmSolver solver = Evaluated(default(Laplace), [new Position(0, 0, 0), new Position(0, 2, 0)], [2, -3]);
        Assert.That(solver.Report.Energy, Is.EqualTo(-6 / (8 * Math.PI)).Within(1e-15));
        Assert.That(solver.Method.Energy, Is.EqualTo(solver.Report.Energy));
    }

    [Test]
    public void The_energy_of_a_cloud_is_the_sum_over_its_pairs()
    {
        Scene scene = Scene.Of("cube", 3000, seed: 7);
        double expected = 0;
        for (int i = 0; i < scene.Sources.Length; i++)
            for (int j = 0; j < i; j++) expected += scene.Charges[i] * scene.Charges[j] * Math.Exp(-2 * Distance(scene.Sources[i], scene.Sources[j])) / (4 * Math.PI * Distance(scene.Sources[i], scene.Sources[j]));
        using FmmSolver solver = Evaluated(new Yukawa(2), scene.Sources, scene.Charges, order: 9);
        Assert.That(solver.Report.Tree.Depth, Is.GreaterThanOrEqualTo(2));
        Assert.That(solver.Report.Energy, Is.EqualTo(expected).Within(1e-6 * Math.Abs(expected)));
    }

    [Test]
    public void Energies_that_cancel_keep_their_digits()
    {
        // 1e16 + 1 - 1e16: a plain sum has 0.
        Assert.That(PotentialEnergy.Of([1e8, 1, 1e8], [1e8, 1, -1e8]), Is.EqualTo(0.5));
    }

    [Test]
    public void Where_targets_are_not_the_sources_there_is_no_energy()
    {
        double[] potentials = new double[1];
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        solver.SetPoints([new Position(0, 0, 0)], [new Position(1, 0, 0)]);
        solver.Evaluate([1], potentials);
        Assert.That(solver.Report.Energy, Is.Null);
    }

    [Test]
    public void Vectors_and_kernels_that_act_one_way_have_no_energy()
    {
        Position[] two = [new(0, 0, 0), new(1, 0, 0)];
        using FmmSolver stokes = Evaluated(default(Stokes), two, [1, 0, 0, 1, 0, 0]), pull = Evaluated(default(Pull), two, [1, 1]);
        Assert.That((stokes.Report.Energy, pull.Report.Energy), Is.EqualTo((default(double?), default(double?))));
    }

    [Test]
    public void Without_a_field_there_is_no_energy()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(solver.Method.Energy, Is.Null);
        solver.SetPoints([new Position(0, 0, 0)]);
        Assert.That(solver.Method.Energy, Is.Null);
    }

    private static FmmSolver Evaluated<TKernel>(TKernel kernel, Position[] points, double[] charges, int order = 6)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        FmmSolver solver = FmmSolver.Create(kernel, new FmmOptions { Order = order, LeafCapacity = 40 });
        solver.SetPoints(points);
        solver.Evaluate(charges, new double[TKernel.PotentialComponents * points.Length]);
        return solver;
    }

    private static double Distance(Position a, Position b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)) + ((a.Z - b.Z) * (a.Z - b.Z)));
}

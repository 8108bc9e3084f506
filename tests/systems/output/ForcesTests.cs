using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Forces: charge times minus the gradient.</summary>
internal sealed class ForcesTests
{
    private static readonly double[] _charges = [2, -3], _gradients = [1, 2, 3, 4, 5, 6], _expected = [-2, -4, -6, 12, 15, 18];

    [Test]
    public void A_force_is_charge_times_minus_the_gradient()
    {
        double[] forces = new double[6];
        Forces.Of(_charges, _gradients, forces);
        Assert.That(forces, Is.EqualTo(_expected));
    }

    [Test]
    public void Forces_may_take_the_place_of_the_gradients()
    {
        double[] both = [.. _gradients];
        Forces.Of(_charges, both, both);
        Assert.That(both, Is.EqualTo(_expected));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        double[] one = new double[12];
        Assert.That(() => Forces.Of(_charges, new double[5], new double[6]), Throws.ArgumentException.With.Message.Contains("gradients has 5 numbers, but the points ask for 6"));
        Assert.That(() => Forces.Of(_charges, new double[6], new double[3]), Throws.ArgumentException.With.Message.Contains("forces has 3 numbers"));
        Assert.That(() => Forces.Of(_charges, one.AsSpan(0, 6), one.AsSpan(1, 6)), Throws.ArgumentException.With.Message.Contains("overlap"));
        Assert.That(() => Forces.Of(one.AsSpan(0, 2), new double[6], one.AsSpan(0, 6)), Throws.ArgumentException.With.Message.Contains("overlap"));
    }

    [Test]
    public void Forces_of_a_solver_pull_opposite_charges_together()
    {
        double[] potentials = new double[2], forces = new double[6];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Gradient = true });
        solver.SetPoints([new Position(0, 0, 0), new Position(0, 2, 0)]);
        solver.Evaluate(_charges, potentials, forces);
        Forces.Of(_charges, forces, forces);
        Assert.That(forces, Is.EqualTo(new[] { 0, 6 / (16 * Math.PI), 0, 0, -6 / (16 * Math.PI), 0 }).Within(1e-14));
    }
}

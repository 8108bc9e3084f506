using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Choice;

/// <summary>The order that a solver finds for a tolerance.</summary>
public sealed class OrderSearchTests
{
    private static readonly Position[] _cube = Scene.Points("cube", 1000, 1);

    [Test]
    public void It_rises_until_the_error_is_small_enough()
    {
        OrderSearch search = new(1e-6, Precision.Double);
        search.See(_cube, 1000);
        int first = search.Order;
        Assert.That(search.IsPending, Is.True);
        Assert.That(search.Accepts(1.2e-6), Is.False);
        Assert.That(search.Accepts(2e-7), Is.True);
        Assert.That((search.Order, search.IsPending), Is.EqualTo((first + 1, false)));
    }

    [Test]
    public void It_does_not_rise_where_a_higher_order_did_not_help()
    {
        OrderSearch search = new(2e-6, Precision.Single);
        search.See(_cube, 1000);
        Assert.That(search.Accepts(3e-6), Is.False);
        Assert.That(search.Accepts(2.9e-6), Is.True);
    }

    [Test]
    public void An_error_of_other_charges_does_not_end_the_search()
    {
        OrderSearch search = new(1e-6, Precision.Double);
        search.See(_cube, 1000);
        Assert.That(search.Accepts(3e-6), Is.False);
        search.Restart();
        Assert.That(search.Accepts(2.9e-6), Is.False);
    }

    [Test]
    public void It_is_checked_again_when_the_points_are_others()
    {
        OrderSearch search = new(1e-6, Precision.Double);
        search.See(_cube, 1000);
        search.Accepts(1e-9);
        search.See(Scene.Points("cube", 1000, 2), 1000);
        Assert.That(search.IsPending, Is.False, "as many points of the same shape");
        search.See(_cube.AsSpan(0, 999), 999);
        Assert.That(search.IsPending, Is.True, "another number");
        search.Accepts(1e-9);
        search.See(Scene.Points("sphere", 999, 2), 999);
        Assert.That(search.IsPending, Is.True, "another shape");
    }

    [Test]
    public void It_is_checked_now_and_then_in_a_loop()
    {
        OrderSearch search = new(1e-6, Precision.Double);
        int checks = 0;
        for (int step = 0; step < 64; step++)
        {
            search.See(_cube, 1000);
            checks += search.IsPending ? 1 : 0;
            search.Accepts(1e-9);
        }
        Assert.That(checks, Is.EqualTo(4));
    }

    [Test]
    public void A_field_of_zeros_needs_no_higher_order()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 1e-6 });
        solver.SetPoints(_cube);
        double[] potentials = new double[1000];
        solver.Evaluate(new double[1000], potentials);
        Assert.That(potentials, Is.All.Zero);
    }

    [Test]
    public void The_order_needed_is_found_where_the_usual_one_fails()
    {
        // Charges that cancel in pairs far below the distance of the leaves: the field is small beside what the expansions carry.
        Scene scene = Scene.Of("squares", 6000);
        double[] charges = [.. scene.Charges.Select((q, i) => (i % 2 == 0 ? 1 : -1) + (1e-3 * q))];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 3e-8, LeafCapacity = 30 });
        solver.SetPoints(scene.Sources);
        double[] potentials = new double[6000];
        solver.Evaluate(charges, potentials);
        Assert.That(solver.Verify(6000).PotentialL2, Is.LessThanOrEqualTo(3e-8));
        Assert.That(solver.Report.Choice.OrderError, Is.LessThanOrEqualTo(3e-8));
        Assert.That(solver.Report.Choice.Tolerance, Is.EqualTo(3e-8));
    }
}

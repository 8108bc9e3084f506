using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A tolerance that was not reached is told, whatever the cause; one that was reached is told to be.</summary>
public sealed class ToleranceToldTests
{
    [Test]
    public void What_was_reached_is_told_with_the_error_found()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 1e-6, Gradient = true });
        Scene scene = Scene.Of("cube", 5000);
        scene.Solve<Laplace>(solver, gradient: true);
        ToleranceReport told = solver.Report.Tolerance!;
        Assert.That((told.Asked, told.Reached, told.EvaluationsSince), Is.EqualTo((1e-6, true, 0)));
        Assert.That(told.Found, Is.InRange(1e-9, 1e-6));
        Assert.That(told.GradientFound, Is.InRange(1e-8, 1e-3));
        Assert.That(told.Samples, Is.InRange(200, 256));
        Assert.That(solver.Report.Warnings, Is.Empty);
        Assert.That(solver.Report.Choice.OrderError, Is.EqualTo(told.Found));
    }

    [Test]
    public void Nothing_is_told_where_nothing_was_asked()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3 });
        Scene.Of("cube", 500).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Report.Tolerance, Is.Null);
    }

    [Test]
    public void A_kernel_that_is_none_for_the_method_is_told([Values] Precision precision)
    {
        FmmOptions options = new() { Tolerance = 1e-5, LeafCapacity = 20, Precision = precision };
        NotReached(default(InverseSquare), Scene.Of("cube", 4000), options);
        NotReached(new Softened(0.05), Scene.Of("cube", 4000), options with { Tolerance = precision == Precision.Single ? 1e-5 : 1e-8 });
    }

    [Test]
    public void Screened_charges_far_from_their_targets_are_told([Values(60, 100)] double k)
    {
        Scene scene = new(Scene.Points("cube", 2000, 1), Scene.Of("cube", 2000).Charges, Scene.Points("apart", 2000, 2));
        NotReached(new Yukawa(k), scene, new FmmOptions { Tolerance = 1e-6, LeafCapacity = 20 });
    }

    private static void NotReached<TKernel>(TKernel kernel, Scene scene, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        (double[] potentials, _) = scene.Solve<TKernel>(solver, gradient: false);
        ToleranceReport told = solver.Report.Tolerance!;
        Assert.That(told.Reached, Is.False);
        Assert.That(told.Found, Is.GreaterThan(told.Asked));
        Assert.That(solver.Report.Warnings, Has.Some.Contains("was not reached"));
        Assert.That(potentials, Has.Some.Not.Zero, "the fields are delivered all the same");
        Assert.That(told.Found / solver.Verify(scene.TargetCount).PotentialL2, Is.InRange(0.2, 5));
        using FmmSolver demanding = FmmSolver.Create(kernel, options with { RequireTolerance = true });
        Assert.That(() => scene.Solve<TKernel>(demanding, gradient: false), Throws.InstanceOf<ToleranceException>());
    }

    [Test]
    public void A_field_that_is_not_a_number_is_an_exception_and_reaches_no_tolerance()
    {
        using FmmSolver solver = FmmSolver.Create(default(Bursting), new FmmOptions { Tolerance = 1e-3 });
        solver.SetPoints([new Position(0, 0, 0), new Position(1, 0, 0), new Position(6, 0, 0)]);
        double[] potentials = [7, 7, 7];
        Assert.That(() => solver.Evaluate([1, 1, 1], potentials), Throws.InstanceOf<FieldRangeException>().With.Property("Target").EqualTo(0));
        Assert.That(potentials, Is.All.EqualTo(7));
        Assert.That(() => solver.Report, Throws.InvalidOperationException, "there are no fields");
        Assert.That(new ToleranceReport(1e-3, double.NaN, null, 256, 0).Reached, Is.False);
        Assert.That(new ToleranceReport(1e-3, 1e-4, double.NaN, 256, 0).Reached, Is.False);
        Assert.That(new ToleranceReport(1e-3, 1e-4, 1, 256, 0).Reached, Is.True, "the tolerance covers the potential");
    }

    [Test]
    public void A_required_tolerance_that_is_missed_is_an_exception_and_the_outputs_stand()
    {
        Scene scene = Scene.Of("cube", 3000);
        FmmOptions options = new() { Tolerance = 1e-6, LeafCapacity = 20, RequireTolerance = true };
        using FmmSolver solver = FmmSolver.Create(default(InverseSquare), options);
        solver.SetPoints(scene.Sources);
        double[] potentials = [.. Enumerable.Repeat(7.0, 3000)];
        ToleranceException fault = Assert.Throws<ToleranceException>(() => solver.Evaluate(scene.Charges, potentials))!;
        Assert.That(fault.Tolerance.Found, Is.GreaterThan(1e-6));
        Assert.That(fault.Message, Does.Contain("1.0e-6 was not reached").And.Contains("ask for less"));
        Assert.That(potentials, Is.All.EqualTo(7));
        solver.SetPoints(scene.Sources.AsSpan(0, 15));
        solver.Evaluate(scene.Charges.AsSpan(0, 15), potentials.AsSpan(0, 15));
        Assert.That(solver.Report.Tolerance!.Reached, Is.True, "direct sums are exact, and the solver goes on");
    }

    [Test]
    public void Requiring_what_nobody_measures_is_refused()
    {
        Assert.That(() => FmmSolver.Create(default(Laplace), new FmmOptions { RequireTolerance = true }), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("give the tolerance"));
        using World world = World.Create();
        Assert.That(
            () => FmmSchedule.Create(world, default(Laplace), new FmmOptions { Tolerance = 1e-3, RequireTolerance = true }),
            Throws.InstanceOf<FmmOptionException>().With.Message.Contains("FmmMethod.Verify"));
    }

    [Test]
    public void Charges_that_cancel_more_than_those_that_were_measured_are_measured_again()
    {
        Scene scene = Scene.Of("squares", 4000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 1e-4, LeafCapacity = 30 });
        solver.SetPoints(scene.Sources);
        double[] potentials = new double[4000], equal = [.. Enumerable.Repeat(1.0, 4000)];
        solver.Evaluate(equal, potentials);
        double found = solver.Report.Tolerance!.Found;
        solver.Evaluate(equal, potentials);
        Assert.That(solver.Report.Tolerance, Is.EqualTo(new ToleranceReport(1e-4, found, null, solver.Report.Tolerance!.Samples, 1)), "told with its age");
        double[] opposite = [.. scene.Charges.Select((q, i) => (i % 2 == 0 ? 1 : -1) + (1e-3 * q))];
        solver.Evaluate(opposite, potentials);
        Assert.That(solver.Report.Tolerance!.EvaluationsSince, Is.Zero);
        Assert.That(solver.Report.Tolerance!.Found, Is.Not.EqualTo(found));
        Assert.That(solver.Verify(4000).PotentialL2, Is.LessThan(1e-4));
    }

    [Test]
    public void The_same_points_and_charges_are_measured_now_and_then()
    {
        Scene scene = Scene.Of("cube", 1000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 1e-3 });
        solver.SetPoints(scene.Sources);
        List<int> ages = [];
        for (int i = 0; i < 34; i++)
        {
            solver.Evaluate(scene.Charges, new double[1000]);
            ages.Add(solver.Report.Tolerance!.EvaluationsSince);
        }
        Assert.That(ages, Is.EqualTo(Enumerable.Range(0, 34).Select(i => i % 16)));
    }

    [Test]
    public void What_Verify_finds_beyond_the_tolerance_is_told_from_then_on()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Tolerance = 1e-3 });
        Scene.Of("cube", 3000).Solve<Laplace>(solver, gradient: false);
        solver.Method.Fields.Potentials.Span.Fill(1);
        double error = solver.Verify(3000).PotentialL2;
        Assert.That((solver.Report.Tolerance!.Found, solver.Report.Tolerance!.Reached), Is.EqualTo((error, false)));
    }
}

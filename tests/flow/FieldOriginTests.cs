using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Fields are compared, reported and read with the points and charges that they were made from, or not at all.</summary>
public sealed class FieldOriginTests
{
    private static readonly FmmOptions _options = new() { Order = 3, LeafCapacity = 30, Threads = 2 };

    [Test]
    public void Fields_of_other_points_are_neither_verified_nor_reported([Values(10, 1000, 1001, 50_000)] int count)
    {
        using FmmSolver solver = Solved(1000);
        solver.SetPoints(Scene.Points("plummer", count, 2));
        RefusesToTell(solver);
        Assert.That(solver.Method.Fields.Potentials.Length, Is.Zero);
    }

    [Test]
    public void Fields_of_other_targets_are_neither_verified_nor_reported([Values(10, 1000, 50_000)] int count)
    {
        using FmmSolver solver = Solved(1000);
        solver.SetPoints(Scene.Points("cube", 1000, 1), Scene.Points("plummer", count, 2));
        RefusesToTell(solver);
    }

    [Test]
    public void A_cancelled_evaluation_leaves_nothing_to_verify_or_to_report([Values] bool newPoints, [Range(1, 24, 4)] int finished)
    {
        using FmmSolver solver = Solved(1000);
        if (newPoints) solver.SetPoints(Scene.Points("plummer", 1000, 2));
        using CancellationTokenSource source = new();
        Listener progress = new(told =>
        {
            if (told.Finished == finished) source.Cancel();
        });
        Assert.That(
            () => solver.Evaluate(new double[1000], new double[1000], default, progress, source.Token), Throws.InstanceOf<OperationCanceledException>());
        RefusesToTell(solver);
        Assert.That(solver.Method.Fields.Potentials.Length, Is.Zero);
    }

    [Test]
    public void An_evaluation_that_the_callback_ends_leaves_nothing_to_verify_and_a_solver_to_go_on_with([Range(1, 25, 6)] int finished)
    {
        Scene scene = Scene.Of("cube", 1000);
        using FmmSolver solver = Solved(1000);
        double[] potentials = [.. Enumerable.Repeat(7.0, 1000)];
        Listener progress = new(told =>
        {
            if (told.Finished == finished) throw new FormatException("the host's own");
        });
        Assert.That(() => solver.Evaluate(new double[1000], potentials, default, progress), Throws.InstanceOf<FormatException>());
        Assert.That(potentials, Is.All.EqualTo(7));
        RefusesToTell(solver);
        solver.Evaluate(scene.Charges, potentials);
        Assert.That(potentials, Is.EqualTo(scene.Solve(default(Laplace), _options).Potentials));
        Assert.That(solver.Verify(1000).PotentialL2, Is.LessThan(0.01));
    }

    [Test]
    public void A_refused_call_leaves_the_fields_to_verify()
    {
        using FmmSolver solver = Solved(1000);
        FieldError error = solver.Verify(50);
        Assert.That(() => solver.Evaluate([1], new double[1000]), Throws.ArgumentException);
        Assert.That(() => solver.SetPoints([new Position(double.NaN, 0, 0)]), Throws.ArgumentException);
        Assert.That(() => solver.Verify(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(solver.Verify(50), Is.EqualTo(error));
        Assert.That(solver.Report.Sources, Is.EqualTo(1000));
    }

    [Test]
    public void Charges_that_were_changed_behind_the_solver_are_not_taken_for_the_fields_own()
    {
        using FmmSolver solver = Solved(1000);
        solver.Method.Charges.Values[17] += 1;
        Assert.That(() => solver.Verify(10), EvaluateFirst());
        solver.Method.Charges.Values[17] = Scene.Of("cube", 1000).Charges[17];
        Assert.That(solver.Verify(1000).PotentialL2, Is.LessThan(0.01));
    }

    [Test]
    public void The_method_verifies_no_fields_of_other_points_or_charges([Values] bool shared)
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
        Position[] points = Scene.Points("cube", 1000, 1);
        Set(method, points, shared);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
        method.Schedule.Update(FmmStep.Everything);
        Assert.That(method.Verify(1000, Jobs.Serial).PotentialL2, Is.LessThan(0.01));

        Set(method, Scene.Points("plummer", 1000, 2), shared);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
        Set(method, Scene.Points("plummer", 300_000, 2), shared);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
        Set(method, points, shared);
        Assert.That(method.Verify(1000, Jobs.Serial).PotentialL2, Is.LessThan(0.01), "the fields' own points are back");
        (points[3], points[4]) = (points[4], points[3]);
        points.CopyTo(method.Tree.Input.Sources.Span);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst(), "two points changed places");
        (points[3], points[4]) = (points[4], points[3]);
        points.CopyTo(method.Tree.Input.Sources.Span);
        method.Charges.Values.Resize(10);
        Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
    }

    [Test]
    public void A_cancelled_update_leaves_empty_fields_and_a_right_answer_next([Range(1, 24, 3)] int finished, [Values] bool newPoints)
    {
        Scene scene = Scene.Of("squares", 1200);
        double[] expected = scene.Solve(default(Laplace), _options).Potentials;
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), _options);
        method.Tree.Input.Set(scene.Sources);
        method.Charges.Values.Resize(1200);
        scene.Charges.CopyTo(method.Charges.Values.Span);
        method.Schedule.Update(FmmStep.Everything);
        using CancellationTokenSource source = new();
        Listener progress = new(told =>
        {
            if (told.Finished == finished) source.Cancel();
        });
        Assert.That(() => method.Schedule.Update(newPoints ? FmmStep.Everything : FmmStep.Charges, null, source.Token, progress), Throws.InstanceOf<OperationCanceledException>());
        if (finished > 1) Assert.That(method.Fields.Potentials.Length, Is.Zero);
        if (finished > 1) Assert.That(() => method.Verify(3, Jobs.Serial), EvaluateFirst());
        if (newPoints && finished > 1) Assert.That(() => method.Schedule.Update(FmmStep.Charges), Throws.InvalidOperationException.With.Message.Contains("no update with new points has ended"));
        method.Schedule.Update(newPoints ? FmmStep.Everything : FmmStep.Charges);
        Assert.That(method.Fields.Potentials.Span.ToArray(), Is.EqualTo(expected));
    }

    private static FmmSolver Solved(int count)
    {
        FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        Scene.Of("cube", count).Solve<Laplace>(solver, gradient: false);
        return solver;
    }

    private static void Set(FmmMethod method, Position[] points, bool shared)
    {
        if (shared) method.Tree.Input.Set(points);
        else method.Tree.Input.Set(points, points);
        method.Charges.Values.Resize(points.Length);
        method.Charges.Values.Span.Fill(1);
    }

    private static void RefusesToTell(FmmSolver solver)
    {
        Assert.That(() => solver.Verify(3), EvaluateFirst());
        Assert.That(() => solver.Report, EvaluateFirst());
    }

    private static NUnit.Framework.Constraints.ContainsConstraint EvaluateFirst() =>
        Throws.InvalidOperationException.With.Message.Contains("evaluate first");
}

using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What the solver refuses, with the value and the remedy in the message.</summary>
public sealed class SolverInputTests
{
    private static readonly Position[] _two = [new(0, 0, 0), new(1, 1, 1)];

    private static IEnumerable<TestCaseData> BadOptions()
    {
        yield return new TestCaseData(new FmmOptions { Order = 1 }, "Order is 1: choose an order from 2 to 16.");
        yield return new TestCaseData(new FmmOptions { Order = 17 }, "Order is 17: choose an order from 2 to 16.");
        yield return new TestCaseData(new FmmOptions { Tolerance = 0.2 }, "Tolerance is 0.2: choose a relative error from 1e-13 to 0.1.");
        yield return new TestCaseData(new FmmOptions { Tolerance = double.NaN }, "Tolerance is NaN: choose a relative error from 1e-13 to 0.1.");
        yield return new TestCaseData(new FmmOptions { Tolerance = 1e-3, Order = 4 }, "give either an order or a tolerance, not both.");
        yield return new TestCaseData(new FmmOptions { Tolerance = 1e-9, Precision = Precision.Single }, "use double precision.");
        yield return new TestCaseData(new FmmOptions { LeafCapacity = 0 }, "LeafCapacity is 0: choose 1 or more points a leaf.");
        yield return new TestCaseData(new FmmOptions { UniformDepth = 22 }, "UniformDepth is 22: choose a depth from 0 to 21.");
        yield return new TestCaseData(new FmmOptions { UniformDepth = -1 }, "UniformDepth is -1: choose a depth from 0 to 21.");
        yield return new TestCaseData(new FmmOptions { MaxLevel = 22 }, "MaxLevel is 22: choose a level from 0 to 21.");
        yield return new TestCaseData(new FmmOptions { MaxLevel = -1 }, "MaxLevel is -1: choose a level from 0 to 21.");
        yield return new TestCaseData(new FmmOptions { MaxLevel = 3, UniformDepth = 4 }, "MaxLevel is 3: the uniform tree is 4 levels deep: leave one of the two out.");
        yield return new TestCaseData(new FmmOptions { Threads = 0 }, "Threads is 0: choose 1 to 1024 threads.");
        yield return new TestCaseData(new FmmOptions { Surfaces = new SurfaceRatios(1, 2) }, "the half widths must satisfy 1 < inner < outer < 3, and the angle 0 <= w <= 1.5.");
    }

    [TestCaseSource(nameof(BadOptions))]
    public void A_bad_option_is_refused_with_its_value_and_the_remedy(FmmOptions options, string message) => Assert.That(
        () => FmmSolver.Create(default(Laplace), options), Throws.InstanceOf<FmmOptionException>().With.Message.Contains(message));

    [Test]
    public void No_points_are_refused()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(() => solver.SetPoints([]), Refused("There are no points"));
        Assert.That(() => solver.SetPoints(_two, []), Refused("There are no points"));
        Assert.That(() => solver.SetPoints([], _two), Refused("There are no points"));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void A_coordinate_that_is_no_number_is_refused_by_its_index(double bad)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(() => solver.SetPoints([_two[0], new Position(1, bad, 0)]), Refused("Point 1 is"));
        Assert.That(() => solver.SetPoints(_two, [new Position(1, 0, bad)]), Refused("Point 0 is"));
    }

    [Test]
    public void A_finite_coordinate_whose_differences_would_not_be_is_refused_as_that([Values] Precision precision)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Precision = precision });
        Assert.That(() => solver.SetPoints([new Position(1e308, -1e308, 1e308)]), Refused("A coordinate of 1e+308 is finite, but"));
        Assert.That(() => solver.SetPoints([new Position(1e300, 0, 0), _two[0]]), Throws.Nothing);
    }

    [Test]
    public void A_charge_that_is_no_number_is_refused_by_its_index()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        solver.SetPoints(_two);
        Assert.That(() => solver.Evaluate([1, double.NaN], new double[2]), Refused("Charge 1 is NaN"));
    }

    [Test]
    public void Lengths_that_do_not_fit_are_refused_with_both_numbers()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Gradient = true });
        solver.SetPoints(_two, [.. _two, .. _two]);
        Assert.That(() => solver.Evaluate([1], new double[4], new double[12]), Refused("charges has 1 numbers, but the points ask for 2"));
        Assert.That(() => solver.Evaluate([1, 2], new double[2], new double[12]), Refused("potentials has 2 numbers, but the points ask for 4"));
        Assert.That(() => solver.Evaluate([1, 2], new double[4]), Refused("gradients has 0 numbers, but the points ask for 12"));
    }

    [Test]
    public void Evaluating_without_points_says_what_to_do()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(() => solver.Evaluate([], []), Throws.InvalidOperationException.With.Message.Contains("call SetPoints first"));
    }

    [Test]
    public void Verifying_without_a_field_says_what_to_do()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(() => solver.Verify(10), Throws.InvalidOperationException.With.Message.Contains("evaluate first"));
    }

    [Test]
    public void Input_may_lie_in_the_solvers_own_memory([Values] bool tolerance)
    {
        // With a tolerance the charges raise the order, so that the method and its memory are replaced meanwhile.
        FmmOptions options = tolerance ? new() { Tolerance = 1e-8, LeafCapacity = 30 } : new() { Order = 4, LeafCapacity = 30 };
        Scene scene = Scene.Of("squares", 6000);
        double[] charges = [.. scene.Charges.Select((q, i) => (i % 2 == 0 ? 1 : -1) + (1e-3 * q))], potentials = new double[6000];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        solver.Method.Tree.Input.Set(scene.Sources);
        solver.SetPoints(solver.Method.Tree.Input.Sources.Span);
        solver.Method.Charges.Values.Resize(6000);
        charges.CopyTo(solver.Method.Charges.Values.Span);
        solver.Evaluate(solver.Method.Charges.Values.Span, potentials);
        Assert.That(potentials, Is.EqualTo(new Scene(scene.Sources, charges).Solve(default(Laplace), options).Potentials));
        Assert.That(() => solver.Evaluate(charges, solver.Method.Fields.Potentials.Span), Refused("the solver's own fields"));
        Assert.That(solver.Verify(10).PotentialL2, Is.LessThan(0.01));
    }

    [Test]
    public void Points_of_an_input_may_be_set_into_it_in_any_place()
    {
        Position[] first = Scene.Points("cube", 100, 1), second = Scene.Points("cube", 90_000, 2);
        using PointInput input = new(new Engine.Ledger());
        input.Set(first, second);
        input.Set(input.Targets.Span, input.Sources.Span);
        Assert.That(input.Sources.Span.SequenceEqual(second) && input.Targets.Span.SequenceEqual(first));
        input.Set(input.Targets.Span[10..20]);
        Assert.That(input.Sources.Span.SequenceEqual(first.AsSpan(10, 10)));
    }

    [Test]
    public void A_refused_call_leaves_the_solver_usable()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 2 });
        double[] before = new double[2], after = new double[2];
        solver.SetPoints(_two);
        solver.Evaluate([1, 2], before);
        Assert.That(() => solver.SetPoints([new Position(double.NaN, 0, 0)]), Throws.ArgumentException);
        Assert.That(() => solver.Evaluate([1], after), Throws.ArgumentException);
        solver.Evaluate([1, 2], after);
        Assert.That(after, Is.EqualTo(before));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string message) =>
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(message);
}

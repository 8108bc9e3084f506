using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Verify;

/// <summary>The targets at which an error is estimated: few, and none left out that make the field or the error.</summary>
public sealed class TargetSampleTests
{
    private static readonly int[] _odd = [7000, 7001, 12_345, 15_000, 15_001];

    [Test]
    public void Outliers_and_the_largest_potentials_are_among_them()
    {
        Scene cube = Scene.Of("cube", 20_000);
        Position[] points = [.. cube.Sources];
        points[7000] = new Position(500, 0, 0);
        points[7001] = new Position(500, 3, 0);
        points[12_345] = new Position(-800, 0, 900);
        points[15_001] = new Position(points[15_000].X + 1e-8, points[15_000].Y, points[15_000].Z);
        using FmmSolver solver = Evaluated(new Scene(points, cube.Charges), new FmmOptions { Order = 3 });
        TargetSample sample = new();
        Assert.That(sample.Take(solver.Method), Is.True);
        Assert.That(sample.Chosen.ToArray(), Is.SupersetOf(_odd));
        Assert.That(sample.Length, Is.LessThanOrEqualTo(OrderSearch.Targets));
    }

    [Test]
    public void They_stand_for_all([Values("cube", "plummer", "squares", "line")] string cloud)
    {
        using FmmSolver solver = Evaluated(Scene.Of(cloud, 10_000), new FmmOptions { Order = 3 });
        TargetSample sample = new();
        sample.Take(solver.Method);
        double[] potentials = solver.Method.Fields.Potentials.Span.ToArray(), weights = sample.Weights.ToArray();
        int[] chosen = sample.Chosen.ToArray();
        Assert.That(weights.Sum(), Is.EqualTo(10_000).Within(15).Percent);
        Assert.That(
            chosen.Zip(weights, (i, weight) => weight * potentials[i] * potentials[i]).Sum(), Is.EqualTo(potentials.Sum(p => p * p)).Within(5).Percent);
    }

    [Test]
    public void The_error_that_they_have_is_that_of_all([Values("cube", "sphere", "plummer", "squares")] string cloud, [Values] Precision precision)
    {
        FmmOptions options = new() { Order = 4, LeafCapacity = 40, Precision = precision, Gradient = true };
        using FmmSolver solver = Evaluated(Scene.Of(cloud, 5000), options);
        FieldError all = solver.Verify(5000);
        using ThreadDispatcher threads = new(2);
        FieldError some = solver.Method.Estimate(threads, CancellationToken.None);
        Assert.That(some.PotentialL2 / all.PotentialL2, Is.InRange(0.75, 1.33));
        Assert.That(some.GradientL2 / all.GradientL2, Is.InRange(0.5, 2));
    }

    [Test]
    public void A_few_targets_are_all_taken()
    {
        using FmmSolver solver = Evaluated(Scene.Of("cube", 200), new FmmOptions { Order = 3 });
        TargetSample sample = new();
        sample.Take(solver.Method);
        Assert.That(sample.Chosen.ToArray(), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(sample.Weights.ToArray(), Is.All.EqualTo(1));
    }

    [Test]
    public void A_single_number_that_is_none_is_seen()
    {
        using FmmSolver solver = Evaluated(Scene.Of("cube", 5000), new FmmOptions { Order = 3, Gradient = true });
        using ThreadDispatcher threads = new(1);
        solver.Method.Fields.Gradients.Span[7] = double.PositiveInfinity;
        Assert.That(solver.Method.Estimate(threads, CancellationToken.None).GradientL2, Is.NaN);
        solver.Method.Fields.Gradients.Span[7] = 0;
        Assert.That(solver.Method.Estimate(threads, CancellationToken.None).GradientL2, Is.Not.NaN);
        solver.Method.Fields.Potentials.Span[4001] = double.NaN;
        Assert.That(solver.Method.Estimate(threads, CancellationToken.None).PotentialL2, Is.NaN);
    }

    [Test]
    public void Fields_whose_squares_are_no_numbers_have_an_error_still([Values(1e-200, 1e200)] double unit)
    {
        Scene scene = Scene.Of("cube", 3000);
        FmmOptions options = new() { Order = 4, LeafCapacity = 30 };
        using ThreadDispatcher threads = new(1);
        using FmmSolver usual = Evaluated(scene, options), scaled = Evaluated(new Scene(scene.Sources, [.. scene.Charges.Select(q => unit * q)]), options);
        Assert.That(
            scaled.Method.Estimate(threads, CancellationToken.None).PotentialL2,
            Is.EqualTo(usual.Method.Estimate(threads, CancellationToken.None).PotentialL2).Within(1).Percent);
    }

    private static FmmSolver Evaluated(Scene scene, FmmOptions options)
    {
        FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        scene.Solve<Laplace>(solver, options.Gradient);
        return solver;
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What one rank refuses ends the call on all of them, with its words; nothing waits for a rank that does not come.</summary>
internal sealed class RankFaultTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 30, Threads = 1 };

    [Test]
    public void A_point_that_is_none_is_refused_on_all_and_the_solver_goes_on()
    {
        string[] told = RankScene.Ask(3, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Position[] points = Scene.Points("cube", 50, ranks.Rank);
            string words = Refusal(() => solver.SetPoints(ranks.Rank == 1 ? [new Position(0, double.NaN, 0)] : points));
            solver.SetPoints(points);
            solver.Evaluate(new double[50], new double[50]);
            return words;
        });
        Assert.That(told[1], Does.StartWith("ArgumentException: Point 0 is (0, NaN, 0)"));
        Assert.That(told[0], Does.StartWith("RankFailedException: Rank 1 of 3 refuses SetPoints: Point 0 is (0, NaN, 0)"));
        Assert.That(told[2], Is.EqualTo(told[0]));
    }

    [Test]
    public void Outputs_that_do_not_fit_are_refused_on_all()
    {
        string[] told = RankScene.Ask(2, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            solver.SetPoints(Scene.Points("cube", 20, ranks.Rank));
            return Refusal(() => solver.Evaluate(new double[20], new double[20 + ranks.Rank]));
        });
        Assert.That(told[0], Does.StartWith("RankFailedException: Rank 1 of 2 refuses Evaluate: "));
        Assert.That(told[1], Does.StartWith("ArgumentException: "));
    }

    [Test]
    public void Other_options_are_told_at_the_start()
    {
        string[] told = RankScene.Ask(3, ranks => Refusal(() => FmmSolver.Create(default(Laplace), _options with { Order = ranks.Rank == 2 ? 6 : 4 }, ranks).Dispose()));
        Assert.That(told, Is.All.EqualTo("RankFailedException: Rank 2 of 3 has another kernel or option than rank 0: Order = 6, not Order = 4."));
    }

    [Test]
    public void Another_kernel_is_told_at_the_start()
    {
        string[] told = RankScene.Ask(2, ranks => Refusal(() => FmmSolver.Create(new Yukawa(1 + ranks.Rank), _options, ranks).Dispose()));
        Assert.That(told, Is.All.Contains("another kernel or option than rank 0: kernel yukawa"));
    }

    [Test]
    public void An_option_that_one_rank_cannot_use_is_refused_by_all()
    {
        string[] told = RankScene.Ask(2, ranks => Refusal(() => FmmSolver.Create(default(Laplace), _options with { Order = ranks.Rank == 1 ? 99 : 4 }, ranks).Dispose()));
        Assert.That(told[0], Does.StartWith("RankFailedException: Rank 1 of 2 refuses Create: "));
        Assert.That(told[1], Does.StartWith("FmmOptionException: "));
    }

    [Test]
    public void Ranks_that_call_otherwise_are_told()
    {
        string[] told = RankScene.Ask(2, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Position[] points = Scene.Points("cube", 20, ranks.Rank);
            solver.SetPoints(points);
            return Refusal(() =>
            {
                if (ranks.Rank == 0) solver.MovePoints(points);
                else solver.Evaluate(new double[20], new double[20]);
            });
        });
        Assert.That(told, Is.All.EqualTo("RankFailedException: Rank 1 calls Evaluate where rank 0 calls MovePoints: all ranks make the same calls in the same order."));
    }

    [Test]
    public void Sources_alone_and_sources_with_targets_do_not_go_together()
    {
        string[] told = RankScene.Ask(2, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Position[] points = Scene.Points("cube", 20, ranks.Rank);
            return Refusal(() =>
            {
                if (ranks.Rank == 0) solver.SetPoints(points);
                else solver.SetPoints(points, points);
            });
        });
        Assert.That(told, Is.All.Contains("Rank 1 calls SetPoints otherwise than rank 0"));
    }

    [Test]
    public void No_points_at_all_are_refused_on_all()
    {
        string[] told = RankScene.Ask(2, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            return Refusal(() => solver.SetPoints([])) + Refusal(() => solver.Evaluate([], []));
        });
        Assert.That(told, Is.All.Contains("ArgumentException: No rank has a source and a target").And.Contains("No points are set"));
    }

    [Test]
    public void A_field_that_is_no_number_is_told_where_its_target_was_given_and_the_ranks_go_on([Values] bool hessian)
    {
        string[] told = RankScene.Ask(3, ranks =>
        {
            FmmOptions options = _options with { Gradient = true, Hessian = hessian };
            using FmmSolver solver = FmmSolver.Create(default(Laplace), options, ranks);
            Position[] points = Scene.Points("cube", 100, 7 + ranks.Rank);
            // The other one of the pair is rank 0's.
            if (ranks.Rank == 0) points[4] = new Position(0.5, 0.5, 0.5);
            if (ranks.Rank == 1) points[60] = new Position(0.5, 0.5, 0.5 + 1e-9);
            double[] charges = new double[100], potentials = new double[100], gradients = new double[300], seconds = new double[hessian ? 600 : 0];
            if (ranks.Rank == 0) charges[4] = 1e300;
            solver.SetPoints(points);
            string words = Refusal(() => solver.Evaluate(charges, potentials, gradients, seconds));
            charges[4] = 1;
            solver.Evaluate(charges, potentials, gradients, seconds);
            Assert.That(solver.Verify(50).PotentialL2, Is.LessThan(1e-3));
            return words;
        });
        Assert.That(told[1], Does.StartWith("FieldRangeException: The field at target 60 has no finite value"));
        Assert.That(told[0], Is.EqualTo("RankFailedException: Rank 1 of 3 was given a target, 60, at which the field has no finite value."));
        Assert.That(told[2], Is.EqualTo(told[0]));
    }

    [Test]
    public void A_rank_that_throws_within_an_update_ends_the_others_with_its_words()
    {
        string[] told = [];
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => told = RankScene.Ask(3, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            solver.SetPoints(Scene.Points("cube", 200, ranks.Rank));
            solver.Evaluate(new double[200], new double[200], progress: ranks.Rank == 1 ? new Thrower() : null);
            return "";
        }));
        Assert.That(fault!.Message, Is.EqualTo("Rank 1 of 3 has failed: the disk is full"));
    }

    private static string Refusal(Action call)
    {
        try
        {
            call();
            return "nothing";
        }
        catch (Exception fault)
        {
            return $"{fault.GetType().Name}: {fault.Message}";
        }
    }

    private sealed class Thrower : IProgress<SystemProgress>
    {
        public void Report(SystemProgress value)
        {
            if (value.System == "P2M") throw new IOException("the disk is full");
        }
    }
}

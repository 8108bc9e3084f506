using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What a solver does on one rank it does over ranks: other charges, moved points, several vectors, errors, energies, a tolerance.</summary>
internal sealed class RankUseTests
{
    private const double Rounding = 2e-14;
    private static readonly string[] _ofCharges = ["CheckInput", "SendCharges", "PostGhostCharges", "PostMultipoles", "AwaitMultipoles", "ReturnFields"];
    private static readonly FmmOptions _options = new() { Order = 5, LeafCapacity = 30, Threads = 1 };

    [Test]
    public void Other_charges_on_the_same_points_bring_no_point_again()
    {
        Scene scene = Scene.Of("plummer", 3000), other = new(scene.Sources, [.. scene.Charges.Select(charge => charge * charge)]);
        double[] expected = other.Solve(default(Laplace), _options).Potentials, found = new double[3000];
        string[][] systems = RankScene.Ask(5, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Range own = RankScene.Of(3000, ranks);
            solver.SetPoints(scene.Sources.AsSpan(own));
            solver.Evaluate(scene.Charges.AsSpan(own), found.AsSpan(own));
            solver.Evaluate(other.Charges.AsSpan(own), found.AsSpan(own));
            return (string[])[.. solver.GatherRanks().SelectMany(one => one.Exchanges).Where(one => one.BytesSent > 0).Select(one => one.System)];
        });
        Assert.That(RankScene.Difference(found, expected), Is.LessThan(Rounding));
        // Borders at edges of coarse nodes leave AwaitMultipoles nothing to tell.
        Assert.That(systems.SelectMany(one => one).Append("AwaitMultipoles").Distinct(), Is.EquivalentTo(_ofCharges));
    }

    [Test]
    public void Moved_points_go_to_the_ranks_that_own_their_new_places()
    {
        Scene scene = Scene.Of("cube", 2000);
        Position[] moved = [.. scene.Sources.Select(p => new Position(1.3 - p.Y, p.X * p.X, p.Z))];
        double[] expected = new Scene(moved, scene.Charges).Solve(default(Laplace), _options).Potentials, found = new double[2000];
        ThreadRanks.Run(4, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Range own = RankScene.Of(2000, ranks);
            solver.SetPoints(scene.Sources.AsSpan(own));
            solver.Evaluate(scene.Charges.AsSpan(own), found.AsSpan(own));
            solver.MovePoints(moved.AsSpan(own));
            solver.Evaluate(scene.Charges.AsSpan(own), found.AsSpan(own));
        });
        Assert.That(RankScene.Difference(found, expected), Is.LessThan(Rounding));
    }

    [Test]
    public void A_choice_that_one_rank_wants_anew_all_make_anew() => ThreadRanks.Run(3, ranks =>
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
        solver.SetPoints(Scene.Points("cube", 300, ranks.Rank));
        double[] first = new double[300], second = new double[300], charges = [.. Enumerable.Range(0, 300).Select(i => i - 150.0)];
        solver.Evaluate(charges, first);
        if (ranks.Rank == 2) solver.Invalidate();
        solver.Evaluate(charges, second);
        Assert.That(RankScene.Difference(second, first), Is.LessThan(Rounding));
        Assert.That(solver.GatherRanks()[0].Exchanges.Select(one => one.System), Has.Member("PartitionPoints"));
    });

    [Test]
    public void All_points_of_a_rank_may_leave_and_others_come()
    {
        Scene scene = Scene.Of("sphere", 1500);
        double[] expected = scene.Solve(default(Laplace), _options).Potentials, found = new double[1500];
        ThreadRanks.Run(3, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            foreach (RankScene.Share share in new[] { RankScene.Share.LastRank, RankScene.Share.Growing, RankScene.Share.LastRank })
            {
                Range own = RankScene.Of(1500, ranks, share);
                solver.SetPoints(scene.Sources.AsSpan(own));
                solver.Evaluate(scene.Charges.AsSpan(own), found.AsSpan(own));
                ranks.Barrier();
                if (ranks.Rank == 0) Assert.That(RankScene.Difference(found, expected), Is.LessThan(Rounding), $"{share}");
                ranks.Barrier();
            }
        });
    }

    [Test]
    public void Bodies_brought_to_their_owners_are_owned_where_they_are()
    {
        Scene scene = Scene.Of("cube", 3000);
        long[] sent = RankScene.Ask(3, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Position[] points = scene.Sources[RankScene.Of(3000, ranks)];
            // By the second evaluation borders lie by measured work.
            for (int step = 0; step < 4; step++)
            {
                solver.SetPoints(points);
                solver.Evaluate(new double[points.Length], new double[points.Length]);
                int[] owners = new int[points.Length];
                solver.Owners(owners);
                long[] counts = [.. Enumerable.Range(0, 3).Select(rank => owners.LongCount(owner => owner == rank))], received = new long[3];
                points = ranks.Exchange<Position>([.. points.Zip(owners).OrderBy(one => one.Second).Select(one => one.First)], counts, received);
            }

            solver.SetPoints(points);
            solver.Evaluate(new double[points.Length], new double[points.Length]);
            int[] last = new int[points.Length];
            solver.Owners(last);
            return last.LongCount(owner => owner != ranks.Rank);
        });
        Assert.That(sent.Sum(), Is.LessThan(60));
    }

    [Test]
    public void Several_charge_vectors_have_each_its_field([Values(2, 5)] int vectors)
    {
        Scene scene = Scene.Of("plummer", 1500);
        double[] charges = [.. Enumerable.Range(0, vectors * 1500).Select(i => Math.Sin(i))], found = new double[charges.Length];
        ThreadRanks.Run(3, ranks =>
        {
            Range own = RankScene.Of(1500, ranks);
            int count = own.End.Value - own.Start.Value;
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            solver.SetPoints(scene.Sources.AsSpan(own));
            double[] given = [.. Enumerable.Range(0, vectors).SelectMany(vector => charges[((vector * 1500) + own.Start.Value)..((vector * 1500) + own.End.Value)])], fields = new double[given.Length];
            solver.Evaluate(new ChargeVectors(vectors), given, fields);
            for (int vector = 0; vector < vectors; vector++) fields.AsSpan(vector * count, count).CopyTo(found.AsSpan((vector * 1500) + own.Start.Value));
            Assert.That(solver.Verify(60).PotentialL2, Is.LessThan(1e-4));
        });
        for (int vector = 0; vector < vectors; vector++)
        {
            double[] one = new Scene(scene.Sources, charges[(vector * 1500)..((vector + 1) * 1500)]).Solve(default(Laplace), _options).Potentials;
            Assert.That(RankScene.Difference(found.AsSpan(vector * 1500, 1500), one), Is.LessThan(Rounding), $"vector {vector}");
        }
    }

    [Test]
    public void Second_derivatives_come_back_too()
    {
        Scene scene = Scene.Of("cube", 1200);
        FmmOptions options = _options with { Hessian = true };
        double[] expected = new double[6 * 1200], found = new double[6 * 1200], potentials = new double[1200];
        using (FmmSolver solver = FmmSolver.Create(default(Laplace), options))
        {
            solver.SetPoints(scene.Sources);
            solver.Evaluate(scene.Charges, potentials, default, expected);
        }

        ThreadRanks.Run(3, ranks =>
        {
            Range own = RankScene.Of(1200, ranks);
            using FmmSolver solver = FmmSolver.Create(default(Laplace), options, ranks);
            solver.SetPoints(scene.Sources.AsSpan(own));
            solver.Evaluate(scene.Charges.AsSpan(own), potentials.AsSpan(own), default, RankScene.Numbers(found, own, 6));
            Assert.That(solver.Verify(50).HessianL2, Is.LessThan(0.01));
        });
        Assert.That(RankScene.Difference(found, expected), Is.LessThan(1e-12));
    }

    [Test]
    public void Errors_and_energies_are_those_of_one_rank_on_all()
    {
        Scene scene = Scene.Of("plummer", 2000);
        FieldError error;
        double? energy;
        using (FmmSolver solver = FmmSolver.Create(default(Laplace), _options with { Gradient = true }))
        {
            scene.Solve<Laplace>(solver, gradient: true);
            (error, energy) = (solver.Verify(150), solver.Method.Energy);
        }

        List<(FieldError Error, double? Energy)> told = [];
        scene.Solve(default(Laplace), _options with { Gradient = true }, 4, then: solver =>
        {
            (FieldError, double?) one = (solver.Verify(150), solver.Method.Energy);
            lock (told) told.Add(one);
        });
        Assert.That(told.Distinct().Count(), Is.EqualTo(1));
        Assert.That(told[0].Error.PotentialL2, Is.EqualTo(error.PotentialL2).Within(1e-6 * error.PotentialL2));
        Assert.That(told[0].Error.GradientL2, Is.EqualTo(error.GradientL2!.Value).Within(1e-6 * error.GradientL2.Value));
        Assert.That(told[0].Energy, Is.EqualTo(energy!.Value).Within(1e-12 * Math.Abs(energy.Value)));
    }

    [Test]
    public void A_tolerance_is_kept_by_the_same_order_on_all()
    {
        Scene scene = Scene.Of("plummer", 3000);
        FmmOptions options = new() { Tolerance = 1e-7, Threads = 1 };
        List<(int Order, double Error)> told = [];
        scene.Solve(default(Laplace), options, 3, then: solver =>
        {
            (int, double) one = (solver.Method.ExpansionSizes.Order, solver.Verify(200).PotentialL2);
            lock (told) told.Add(one);
        });
        Assert.That(told.Distinct().Count(), Is.EqualTo(1));
        Assert.That(told[0].Error, Is.LessThan(1.1e-7));
    }

    [Test]
    public void One_rank_alone_has_the_schedule_of_one()
    {
        using OneRank one = new();
        using FmmSolver with = FmmSolver.Create(default(Laplace), _options, one), without = FmmSolver.Create(default(Laplace), _options);
        Assert.That(with.Explain(), Is.EqualTo(without.Explain()));
        Assert.That(with.Ranks.Count, Is.EqualTo(1));
    }
}

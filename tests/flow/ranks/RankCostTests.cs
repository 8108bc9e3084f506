using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What falls to each rank, by counts.</summary>
internal sealed class RankCostTests
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 40, Threads = 1 };

    [Test]
    public void Work_is_shared_evenly_on_a_plummer_sphere_once_it_has_been_measured()
    {
        Scene scene = Scene.Of("plummer", 48_000);
        double[] imbalance = RankScene.Ask(16, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Range own = RankScene.Of(48_000, ranks);
            double[] potentials = new double[own.End.Value - own.Start.Value];
            for (int step = 0; step < 2; step++)
            {
                solver.SetPoints(scene.Sources.AsSpan(own));
                solver.Evaluate(scene.Charges.AsSpan(own), potentials);
            }

            return RankReport.Imbalance(solver.GatherRanks());
        });
        Assert.That(imbalance.Distinct().Count(), Is.EqualTo(1));
        Assert.That(imbalance[0], Is.LessThan(1.1));
    }

    [Test]
    public void Work_stays_even_and_few_points_move_where_bodies_live_with_the_ranks_that_own_them()
    {
        const int Ranks = 8, Count = 24_000;
        Scene scene = Scene.Of("plummer", Count);
        int[] owners = new int[Count];
        (double Imbalance, int Moved)[] found = RankScene.Ask(Ranks, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), _options, ranks);
            Range share = RankScene.Of(Count, ranks);
            int[] own = [.. Enumerable.Range(share.Start.Value, share.End.Value - share.Start.Value)], now = [];
            for (int step = 0; step < 3; step++)
            {
                if (step > 0) own = [.. Enumerable.Range(0, Count).Where(i => owners[i] == ranks.Rank)];
                solver.SetPoints([.. own.Select(i => scene.Sources[i])]);
                solver.Evaluate([.. own.Select(i => scene.Charges[i])], new double[own.Length]);
                solver.Owners(now = new int[own.Length]);
                ranks.Barrier();
                for (int i = 0; i < own.Length; i++) owners[own[i]] = now[i];
                ranks.Barrier();
            }

            return (RankReport.Imbalance(solver.GatherRanks()), now.Count(owner => owner != ranks.Rank));
        });
        Assert.That(found[0].Imbalance, Is.LessThan(1.1));
        Assert.That(found.Sum(one => one.Moved), Is.LessThan(Count / 10));
    }

    [Test]
    public void Every_point_belongs_to_one_rank_and_what_is_sent_is_received()
    {
        Scene scene = Scene.Of("sphere", "cube", 3000);
        foreach (int ranks in new[] { 2, 5 })
        {
            IReadOnlyList<RankReport> reports = [];
            scene.Solve(default(Laplace), _options, ranks, then: solver => Interlocked.Exchange(ref reports, solver.GatherRanks()));
            Assert.That(reports.Sum(one => one.Sources), Is.EqualTo(3000));
            Assert.That(reports.Sum(one => one.Targets), Is.EqualTo(scene.TargetCount));
            Assert.That(reports.Sum(one => one.Given), Is.EqualTo(scene.TargetCount));
            foreach (string system in reports[0].Exchanges.Select(one => one.System))
            {
                RankExchange[] all = [.. reports.Select(one => one.Exchanges.Single(exchange => exchange.System == system))];
                Assert.That(all.Sum(one => one.BytesSent), Is.EqualTo(all.Sum(one => one.BytesReceived)), system);
            }
        }
    }

    [Test]
    public void Ghosts_grow_as_a_surface_does()
    {
        long few = Ghosts(4000), many = Ghosts(32_000);
        // Eight times the points have four times the surface; some levels of the tree are partly filled.
        Assert.That(many, Is.LessThan(5.5 * few));

        static long Ghosts(int count)
        {
            Scene scene = Scene.Of("cube", count);
            IReadOnlyList<RankReport> reports = [];
            scene.Solve(default(Laplace), _options, 4, then: solver => Interlocked.Exchange(ref reports, solver.GatherRanks()));
            return reports.Max(one => one.GhostPoints);
        }
    }
}

using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Work by exact counts on full grids, where theory gives every number; never by the clock.</summary>
public sealed class CostTests
{
    [Test]
    public void A_grid_has_the_nodes_and_leaves_of_a_full_tree([Values(1, 2, 3, 4)] int depth, [Values] bool adaptive)
    {
        using FmmSolver solver = Solve(depth, adaptive);
        Assert.That(solver.Report.Tree.Depth, Is.EqualTo(depth));
        Assert.That(solver.Report.Tree.Leaves, Is.EqualTo(1 << (3 * depth)));
        Assert.That(solver.Report.Tree.Nodes, Is.EqualTo(((1 << (3 * (depth + 1))) - 1) / 7));
    }

    [Test]
    public void A_grid_has_the_near_pairs_of_touching_cells([Values(1, 2, 3, 4)] int depth, [Values] bool adaptive)
    {
        using FmmSolver solver = Solve(depth, adaptive);
        long expected = Cube(Touching(1 << depth));
        Assert.That(solver.Method.Plan.NearPairs, Is.EqualTo(expected));
        Assert.That(solver.Method.Schedule.Times["P2P"].Pairs, Is.EqualTo(expected));
        Assert.That(solver.Method.Tree.Lists.U.Length, Is.EqualTo(expected));
    }

    [Test]
    public void A_grid_has_the_far_pairs_of_children_of_touching_parents([Values(1, 2, 3, 4)] int depth, [Values] bool adaptive)
    {
        using FmmSolver solver = Solve(depth, adaptive);
        long expected = 0;
        for (int level = 2; level <= depth; level++) expected += Cube(4 * Touching(1 << (level - 1))) - Cube(Touching(1 << level));
        Assert.That(solver.Method.Tree.Octets.PairCount, Is.EqualTo(expected));
    }

    [Test]
    public void A_grid_has_no_mixed_lists([Values] bool adaptive)
    {
        using FmmSolver solver = Solve(3, adaptive);
        Assert.That(solver.Method.Tree.Mixed.W.Length, Is.Zero);
        Assert.That(solver.Method.Tree.Mixed.X.Length, Is.Zero);
        Assert.That(solver.Method.Schedule.Times["M2P"].Pairs + solver.Method.Schedule.Times["P2L"].Pairs, Is.Zero);
    }

    [Test]
    public void Each_operator_takes_exactly_the_pairs_of_its_lists([Values("plummer", "corners", "squares")] string cloud, [Values] bool shared)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, LeafCapacity = 60 });
        Position[] points = Scene.Points(cloud, 4000, 1);
        new Scene(points, new double[points.Length], shared ? null : Scene.Points("plummer", 3000, 2)).Solve<Laplace>(solver, gradient: false);
        TreeResources tree = solver.Method.Tree;
        long surface = solver.Method.ExpansionSizes.Surface.Count, near = 0, finer = 0, coarser = 0;
        for (int level = 0; level <= tree.Shape.Depth; level++)
        {
            Chunk nodes = solver.World.NodeChunk(new QueryDescription().WithAll<UList>(), level);
            for (int row = 0; row < nodes.Count; row++)
            {
                long targets = nodes.Read<TargetRange>()[row].Count;
                UList u = nodes.Read<UList>()[row];
                XList x = nodes.Read<XList>()[row];
                foreach (ListMember member in tree.Lists.U.Span.Slice(u.Start, u.Count)) near += targets * Sources(member);
                foreach (ListMember member in tree.Mixed.X.Span.Slice(x.Start, x.Count)) coarser += surface * Sources(member);
                finer += targets * surface * nodes.Read<WList>()[row].Count;
            }
        }
        Assert.That(solver.Method.Plan.NearPairs, Is.EqualTo(near));
        Assert.That(solver.Method.Schedule.Times["P2P"].Pairs, Is.EqualTo(near));
        Assert.That(solver.Method.Schedule.Times["M2P"].Pairs, Is.EqualTo(finer));
        Assert.That(solver.Method.Schedule.Times["P2L"].Pairs, Is.EqualTo(coarser));
        Assert.That(finer + coarser, Is.Positive);

        long Sources(ListMember member) => solver.World.Nodes<SourceRange>(member.Level)[member.Row].Count;
    }

    [Test]
    public void Each_point_meets_its_leafs_series_once_on_either_way([Values(2, 3, 4)] int depth)
    {
        using FmmSolver solver = Solve(depth, adaptive: false);
        LevelOperators<double> operators = solver.World.Resource<OperatorSet<double>>()[2];
        long points = 1L << (3 * depth), n = solver.Method.ExpansionSizes.DensityCount, products = 0;
        for (int parity = 0; parity < 8; parity++) products += 2L * operators.Series.Count[parity] * solver.Method.ExpansionSizes.Densities.Length(parity);
        Assert.That(products, Is.LessThan(2 * operators.SeriesLength * n / 4), "a parity makes its own segment alone");
        long leaves = 1L << (3 * depth), expected = (2 * points * operators.SeriesLength) + (leaves * products);
        Assert.That(solver.Method.Schedule.Times["P2M"].Flops, Is.EqualTo(expected));
        Assert.That(solver.Method.Schedule.Times["L2P"].Flops, Is.EqualTo(expected));
    }

    [Test]
    public void Each_octet_below_level_2_is_translated_once_on_either_way([Values(2, 3, 4)] int depth)
    {
        using FmmSolver solver = Solve(depth, adaptive: false);
        long octets = 0, n = solver.Method.ExpansionSizes.DensityCount;
        for (int level = 3; level <= depth; level++) octets += 1L << (3 * (level - 1));
        Assert.That(solver.Method.Schedule.Times["M2M"].Flops, Is.EqualTo(octets * 2 * n * n));
        Assert.That(solver.Method.Schedule.Times["L2L"].Flops, Is.EqualTo(octets * 2 * n * n));
    }

    [Test]
    public void Each_pair_of_octets_is_multiplied_once_a_frequency([Values(2, 3, 4)] int depth)
    {
        using FmmSolver solver = Solve(depth, adaptive: false);
        long pairs = 0;
        for (int level = 2; level <= depth; level++) pairs += Cube(Touching(1 << (level - 1))) - Cube(1 << (level - 1));
        Assert.That(solver.Method.Schedule.Times["M2L"].Flops, Is.EqualTo(512 * pairs * solver.Method.ExpansionSizes.FrequencyCount));
    }

    [Test]
    public void Compressed_transfers_take_each_source_of_a_class_and_each_parity_once([Values(2, 3, 4)] int depth)
    {
        using FmmSolver solver = Solve(depth, adaptive: false, TransferStrategy.Compressed);
        CompressedOperators<double> operators = solver.World.Resource<LevelSet<CompressedOperators<double>>>()[2];
        long expected = 0;
        for (int level = 2; level <= depth; level++)
        {
            long octets = 1L << (level - 1);
            for (int ring = 1; ring < OctetMirrors.ClassCount; ring++)
            {
                // Along an axis of ring 0 both halves have their source; of rings 1 and 2 all but the octet at the wall.
                long sources = 1;
                for (int axis = 0; axis < 3; axis++) sources *= 2 * (OctetMirrors.Ring(ring, axis) == 0 ? octets : octets - 1);
                long rank = operators.ClassRank[ring];
                if (!operators.Whole[ring]) expected += 2 * sources * operators.SourceDepth[ring] * rank;
                expected += 16 * Cube(octets) * rank * operators.TargetDepth[ring];
            }
            for (int parity = 0; parity < 8; parity++)
            {
                expected += 16 * Cube(octets) * operators.Source.Count[parity] * operators.Source.Points.Length(parity);
                expected += 16 * Cube(octets) * operators.Target.Count[parity] * operators.Target.Points.Length(parity);
            }
        }
        Assert.That(solver.Method.Schedule.Times["M2L"].Flops, Is.EqualTo(expected));
    }

    [Test]
    public void Low_rank_transfers_take_each_pair_of_boxes_and_each_box_once([Values(2, 3, 4)] int depth)
    {
        using FmmSolver solver = Solve(depth, adaptive: false, TransferStrategy.LowRank);
        LowRankOperators<double> operators = solver.World.Resource<LevelSet<LowRankOperators<double>>>()[2];
        long expected = 0, n = solver.Method.ExpansionSizes.DensityCount, rank = operators.TargetRank;
        for (int level = 2; level <= depth; level++)
        {
            // Pairs whose parents touch, without those that touch themselves.
            long boxes = 1L << level, pairs = (8 * 8 * Cube(Touching(boxes / 2))) - Cube(Touching(boxes));
            expected += 2 * ((pairs * rank * operators.SourceRank) + (Cube(boxes) * n * (rank + operators.SourceRank)));
        }
        Assert.That(rank, Is.LessThan(n));
        Assert.That(solver.Method.Schedule.Times["M2L"].Flops, Is.EqualTo(expected));
    }

    [Test]
    public void The_counts_do_not_depend_on_the_number_of_threads()
    {
        string one = Counts(1);
        Assert.That(Counts(2), Is.EqualTo(one));
        Assert.That(Counts(5), Is.EqualTo(one));

        static string Counts(int threads)
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, LeafCapacity = 20, Threads = threads });
            Scene.Of("plummer", 5000).Solve<Laplace>(solver, gradient: false);
            return string.Join("; ", Enumerable.Range(0, solver.Method.Schedule.Times.Count)
                .Select(i => solver.Method.Schedule.Times[i]).OrderBy(time => time.System).Select(time => $"{time.System} {time.Pairs} {time.Flops}"));
        }
    }

    [Test]
    public void The_work_grows_in_proportion_to_the_points()
    {
        Assert.That(Flops(32000) / Flops(4000), Is.InRange(6, 14));

        static double Flops(int count)
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, LeafCapacity = 20 });
            Scene.Of("cube", count).Solve<Laplace>(solver, gradient: false);
            return Enumerable.Range(0, solver.Method.Schedule.Times.Count).Sum(i => solver.Method.Schedule.Times[i].Flops);
        }
    }

    // Ordered pairs of cells that touch or coincide along an axis of n cells.
    private static long Touching(long n) => (3 * n) - 2;

    private static long Cube(long n) => n * n * n;

    private static FmmSolver Solve(int depth, bool adaptive, TransferStrategy transfer = TransferStrategy.Fft)
    {
        int n = 1 << depth;
        Position[] points = [.. Enumerable.Range(0, n * n * n).Select(i => new Position(i % n, i / n % n, i / n / n))];
        FmmOptions options = new()
        {
            Order = transfer is TransferStrategy.Compressed or TransferStrategy.LowRank ? 4 : 2,
            UniformDepth = adaptive ? null : depth,
            LeafCapacity = 1,
            Transfer = transfer,
        };
        FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        new Scene(points, new double[points.Length]).Solve<Laplace>(solver, gradient: false);
        return solver;
    }
}

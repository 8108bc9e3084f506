using Fmm.Components;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Tree;

public sealed class TreeTests
{
    [Test]
    public void Every_point_is_in_exactly_one_leaf_and_inside_its_box(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 3, 20)] int capacity)
    {
        Position[] points = PointClouds.Make(cloud, 400, 7);
        using TreeBuild build = TreeBuild.Of(new TreeSettings(capacity), points);
        int[] seen = new int[points.Length];
        RootCube domain = build.Shape.RootCube;
        ReadOnlySpan<InputIndex> index = build.World.Points<SourceTag, InputIndex>();
        ReadOnlySpan<RelativeX<double>> x = build.World.Points<SourceTag, RelativeX<double>>();
        ReadOnlySpan<RelativeY<double>> y = build.World.Points<SourceTag, RelativeY<double>>();
        ReadOnlySpan<RelativeZ<double>> z = build.World.Points<SourceTag, RelativeZ<double>>();
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            double half = NodeGeometry.HalfWidth(domain, level) + Rounding(domain);
            for (int row = 0; row < build.Shape.RowCount(level); row++)
            {
                SourceRange range = build.Nodes<SourceRange>(level)[row];
                for (int i = range.Start; build.Nodes<NodeLinks>(level)[row].IsLeaf && i < range.End; i++)
                {
                    seen[index[i].Value]++;
                    Position point = points[index[i].Value];
                    Position centre = NodeGeometry.Centre(domain, level, build.Nodes<NodeKey>(level)[row].Value);
                    Assert.That((x[i].Value, y[i].Value, z[i].Value), Is.EqualTo((point.X, point.Y, point.Z)), "double precision keeps every bit");
                    Assert.That(Math.Max(Math.Abs(point.X - centre.X), Math.Max(Math.Abs(point.Y - centre.Y), Math.Abs(point.Z - centre.Z))), Is.LessThanOrEqualTo(half));
                }
            }
        }

        Assert.That(seen, Is.All.EqualTo(1));
    }

    [Test]
    public void The_first_level_with_a_far_field_is_the_first_whose_nodes_have_v_lists([Values(0, 1, 2, 3)] int depth)
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(1, uniformDepth: depth), PointClouds.Make("cube", 4000, 1));
        for (int level = 0; level <= depth; level++)
        {
            bool any = build.Nodes<VCount>(level).ToArray().Any(count => count.Value > 0);
            Assert.That(any, Is.EqualTo(level >= build.Shape.FirstFarLevel));
        }

        Assert.That(build.Shape.HasFarField, Is.EqualTo(build.Resources.Octets.PairCount > 0));
    }

    [Test]
    public void Leaves_above_the_deepest_level_keep_to_the_capacity(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 5, 50)] int capacity, [Values(6, 21)] int maxLevel)
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(capacity, maxLevel: maxLevel), PointClouds.Make(cloud, 500, 3));
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            for (int row = 0; row < build.Shape.RowCount(level); row++)
            {
                if (build.Nodes<NodeLinks>(level)[row].IsLeaf && level < maxLevel)
                {
                    SourceRange range = build.Nodes<SourceRange>(level)[row];
                    ReadOnlySpan<PointKey> keys = build.World.Points<SourceTag, PointKey>();
                    if (range.Count > 0 && keys[range.Start].Value == keys[range.End - 1].Value) continue; // In one cell of the deepest level.
                    Assert.That(range.Count, Is.LessThanOrEqualTo(capacity));
                }
            }
        }

        Assert.That(build.Shape.Depth, Is.LessThanOrEqualTo(maxLevel));
    }

    [Test]
    public void The_tree_is_that_of_the_model(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 4, 30)] int capacity, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 150, 1);
        Position[] targets = shared ? sources : PointClouds.Make(cloud, 90, 2);
        TreeModel.AssertSameTree(new TreeSettings(capacity), sources, shared ? null : targets);
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void The_tree_of_a_mixture_is_that_of_the_model(int seed)
    {
        Random random = new(seed);
        Position[] sources = PointClouds.Mixture(random.Next(1, 200), seed);
        Position[]? targets = random.Next(2) == 0 ? null : PointClouds.Mixture(random.Next(1, 200), seed + 1);
        TreeModel.AssertSameTree(new TreeSettings(random.Next(1, 12)), sources, targets);
    }

    [Test]
    public void The_uniform_mode_splits_every_node_with_a_point_down_to_the_depth([Values(0, 1, 2, 4)] int depth, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make("sphere", 200, 1);
        TreeModel.AssertSameTree(new TreeSettings(1, depth), sources, shared ? null : PointClouds.Make("line", 100, 1));
    }

    [Test]
    public void Touching_leaves_differ_by_one_level_at_most([ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud)
    {
        Position[] points = PointClouds.Make(cloud, 300, 5);
        using TreeBuild build = TreeBuild.Of(new TreeSettings(2), points);
        List<NaiveNode> leaves = TreeModel.Leaves(build);
        foreach (NaiveNode a in leaves)
        {
            foreach (NaiveNode b in leaves)
                Assert.That(Math.Abs(a.Level - b.Level), Is.LessThanOrEqualTo(1).Or.Matches<int>(_ => !a.Touches(b)));
        }
    }

    [Test]
    public void Sources_without_targets_and_targets_without_sources_give_a_tree_with_empty_lists([Values] bool sources)
    {
        Position[] points = PointClouds.Make("cube", 300, 1);
        using TreeBuild build = TreeBuild.Of(new TreeSettings(10), sources ? points : [], sources ? [] : points);
        Assert.That(build.Shape.LeafCount, Is.GreaterThan(30));
        Assert.That(build.Resources.Lists.U.Length + build.Resources.Mixed.W.Length + build.Resources.Mixed.X.Length, Is.Zero);
        Assert.That(build.Resources.Octets.PairCount, Is.Zero);
    }

    [Test]
    public void No_points_at_all_give_an_empty_root([Values] bool shared)
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(10), [], shared ? null : []);
        Assert.That((build.Shape.Depth, build.Shape.NodeCount, build.Shape.LeafCount, build.Shape.TotalRows), Is.EqualTo((0, 0, 0, 1)));
    }

    [Test]
    public void A_smaller_tree_after_a_deeper_one_leaves_no_rows_behind()
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(4), PointClouds.Make("corners", 200, 1));
        int deep = build.Shape.Depth;
        build.Set(PointClouds.Make("cube", 30, 1), PointClouds.Make("cube", 20, 2));
        build.Update();
        Assert.That(build.Shape.Depth, Is.LessThan(deep));
        Assert.That(build.World.Rows(build.Resources.Layout.Nodes.Signature, deep).Count, Is.Zero);
        Assert.That(build.World.Rows(build.Resources.Layout.Shared.Signature).Count, Is.Zero);
        TreeModel.AssertSameTree(build, new TreeSettings(4), PointClouds.Make("cube", 30, 1), PointClouds.Make("cube", 20, 2));
    }

    [Test]
    public void A_node_is_occupied_where_its_subtree_holds_points([Values] bool shared, [Values(0, 3)] int depth)
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(4, depth == 0 ? 0 : null), PointClouds.Make("corners", 200, 1), shared ? null : PointClouds.Make("line", 90, 2));
        int halves = 0;
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            for (int row = 0; row < build.Shape.RowCount(level); row++)
            {
                Occupancy holds = build.Nodes<Occupancy>(level)[row];
                bool sources = build.Nodes<SourceRange>(level)[row].Count > 0, targets = build.Nodes<TargetRange>(level)[row].Count > 0;
                Assert.That((holds.Sources, holds.Targets, holds.Any), Is.EqualTo((sources, targets, sources || targets)));
                halves += sources != targets ? 1 : 0;
            }
        }
        Assert.That(halves > 0, Is.EqualTo(!shared && depth > 0));
    }

    [Test]
    public void Points_that_did_not_change_keep_the_tree()
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(4), PointClouds.Make("cube", 100, 1));
        int nodes = build.Shape.NodeCount;
        build.Set(PointClouds.Make("cube", 50, 1));
        build.Update(pointsChanged: false);
        Assert.That(build.Shape.NodeCount, Is.EqualTo(nodes));
    }

    private static double Rounding(RootCube domain) => 4e-16 *
        (domain.HalfWidth + Math.Abs(domain.Centre.X) + Math.Abs(domain.Centre.Y) + Math.Abs(domain.Centre.Z));
}

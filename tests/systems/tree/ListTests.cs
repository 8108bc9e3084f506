using Fmm.Components;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Tree;

public sealed class ListTests
{
    [Test]
    public void Without_direct_points_lists_are_those_of_the_textbook(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 6)] int capacity, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 110, 1);
        AssertTextbook(new TreeSettings(capacity, maxLevel: 8), sources, shared ? null : PointClouds.Make(cloud, 60, 2));
    }

    [Test]
    public void Pairs_of_leaves_with_few_points_stand_in_U_lists_and_nowhere_else(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 4, 100)] int directPoints, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 110, 1);
        AssertTextbook(new TreeSettings(6, maxLevel: 8) { DirectPoints = directPoints }, sources, shared ? null : PointClouds.Make(cloud, 60, 2));
    }

    [Test]
    public void Leaves_with_many_points_do_not_act_directly()
    {
        (int textbook, int few, int all) = (Mixed(0), Mixed(3), Mixed(6));
        Assert.That(few, Is.LessThan(textbook));
        Assert.That(all, Is.LessThan(few).And.Positive, "members that are split are never direct");

        static int Mixed(int directPoints)
        {
            Position[] clump = [.. PointClouds.Make("cube", 600, 2).Select(p => new Position(0.3 + (0.01 * p.X), 0.01 * p.Y, 0.01 * p.Z))];
            using TreeBuild build = TreeBuild.Of(new TreeSettings(6) { DirectPoints = directPoints }, [.. PointClouds.Make("cube", 200, 1), .. clump]);
            return build.Resources.Mixed.W.Length + build.Resources.Mixed.X.Length;
        }
    }

    [Test]
    public void Where_sources_are_the_targets_each_leaf_stands_in_the_lists_of_those_that_stand_in_its_own()
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(6) { DirectPoints = 3 }, PointClouds.Mixture(300, 4));
        HashSet<((int, int), (int, int))> pairs = [];
        for (int level = 0; level <= build.Shape.Depth; level++)
            for (int row = 0; row < build.Shape.RowCount(level); row++)
                foreach ((int memberLevel, int memberRow, ulong _) in ListReader.U(build, level, row)) Assert.That(pairs.Add(((level, row), (memberLevel, memberRow))));
        Assert.That(pairs.Select(pair => (pair.Item2, pair.Item1)), Is.All.Matches<((int, int), (int, int))>(pairs.Contains));
    }

    [Test]
    public void A_negative_number_of_direct_points_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TreeSettings(1).DirectPoints = -1);

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public void Lists_of_mixtures_are_those_of_the_textbook(int seed)
    {
        Random random = new(seed);
        Position[] sources = PointClouds.Mixture(random.Next(1, 120), seed);
        Position[]? targets = random.Next(2) == 0 ? null : PointClouds.Mixture(random.Next(1, 120), seed + 1);
        AssertTextbook(new TreeSettings(random.Next(1, 8), maxLevel: 9) { DirectPoints = random.Next(0, 8) }, sources, targets);
    }

    [Test]
    public void Lists_of_a_uniform_tree_are_those_of_the_textbook([Values(0, 1, 2, 3)] int depth) =>
        AssertTextbook(new TreeSettings(1, depth), PointClouds.Make("plane", 80, 1), PointClouds.Make("cube", 60, 2));

    private static void AssertTextbook(TreeSettings settings, Position[] sources, Position[]? targets)
    {
        using TreeBuild build = TreeBuild.Of(settings, sources, targets);
        NaiveTree model = new(build.Shape.RootCube, sources, targets ?? sources, settings);
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            for (int row = 0; row < build.Shape.RowCount(level); row++)
            {
                NaiveNode node = model.Nodes[(level, build.Nodes<NodeKey>(level)[row].Value)];
                // As lists, not as sets: who stands in one twice, or in two of them, is found.
                NaiveNode[] direct = [.. model.Direct(node, settings.DirectPoints)];
                Same(ListReader.U(build, level, row), [.. model.U(node), .. direct], "U", node);
                Same(ListReader.V(build, level, row), model.V(node), "V", node);
                Same(ListReader.W(build, level, row), model.W(node).Except(direct), "W", node);
                Same(ListReader.X(build, level, row), model.X(node).Except(direct), "X", node);
                Assert.That(build.Nodes<VCount>(level)[row].Value, Is.EqualTo(model.V(node).Count()));
                AssertAscending(build, level, row);
            }
        }
    }

    private static void Same(List<(int Level, int Row, ulong Key)> found, IEnumerable<NaiveNode> expected, string list, NaiveNode node) =>
        Assert.That(found.Select(m => (m.Level, m.Key)), Is.EquivalentTo(expected.Select(n => n.Id)), $"{list} of {node.Id}");

    private static void AssertAscending(TreeBuild build, int level, int row)
    {
        Assert.That(ListReader.U(build, level, row).Select(m => (m.Level, m.Row)), Is.Ordered);
        Assert.That(ListReader.W(build, level, row).Select(m => m.Row), Is.Ordered);
        Assert.That(ListReader.X(build, level, row).Select(m => m.Row), Is.Ordered);
    }
}

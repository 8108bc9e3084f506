using Fmm.Components;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Tree;

public sealed class ListTests
{
    [Test]
    public void Lists_are_those_of_the_textbook(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 6)] int capacity, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 110, 1);
        AssertTextbook(new TreeSettings(capacity, maxLevel: 8), sources, shared ? null : PointClouds.Make(cloud, 60, 2));
    }

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public void Lists_of_mixtures_are_those_of_the_textbook(int seed)
    {
        Random random = new(seed);
        Position[] sources = PointClouds.Mixture(random.Next(1, 120), seed);
        Position[]? targets = random.Next(2) == 0 ? null : PointClouds.Mixture(random.Next(1, 120), seed + 1);
        AssertTextbook(new TreeSettings(random.Next(1, 8), maxLevel: 9), sources, targets);
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
                Same(ListReader.U(build, level, row), model.U(node), "U", node);
                Same(ListReader.V(build, level, row), model.V(node), "V", node);
                Same(ListReader.W(build, level, row), model.W(node), "W", node);
                Same(ListReader.X(build, level, row), model.X(node), "X", node);
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

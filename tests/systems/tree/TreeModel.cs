using Fmm.Components;
using NUnit.Framework;

namespace Fmm.Tests.Tree;

/// <summary>Compares the tree that was built with the model's.</summary>
internal static class TreeModel
{
    public static void AssertSameTree(TreeSettings settings, Position[] sources, Position[]? targets)
    {
        using TreeBuild build = TreeBuild.Of(settings, sources, targets);
        AssertSameTree(build, settings, sources, targets);
    }

    public static void AssertSameTree(TreeBuild build, TreeSettings settings, Position[] sources, Position[]? targets)
    {
        NaiveTree model = new(build.Shape.RootCube, sources, targets ?? sources, settings);
        Dictionary<(int, ulong), NaiveNode> nodes = Nodes(build);
        Assert.That(nodes.Keys, Is.EquivalentTo(model.Nodes.Keys));
        foreach (NaiveNode node in nodes.Values)
        {
            NaiveNode expected = model.Nodes[node.Id];
            Assert.That(node.Split, Is.EqualTo(expected.Split), $"split of {node.Id}");
            Assert.That(node.Sources, Is.EqualTo(expected.Sources), $"sources of {node.Id}");
            Assert.That(node.Targets, Is.EqualTo(expected.Targets), $"targets of {node.Id}");
        }

        Assert.That(build.Shape.LeafCount, Is.EqualTo(model.Leaves.Count()));
        Assert.That(build.Shape.NodeCount, Is.EqualTo(model.Nodes.Values.Count(n => !n.Empty)));
        Assert.That(build.Shape.TotalRows, Is.EqualTo(model.Nodes.Count));
    }

    public static List<NaiveNode> Leaves(TreeBuild build) => [.. Nodes(build).Values.Where(n => !n.Split && !n.Empty)];

    public static NaiveNode Node(TreeBuild build, int level, int row)
    {
        (uint x, uint y, uint z) = Morton.Decode(build.Nodes<NodeKey>(level)[row].Value);
        SourceRange sources = build.Nodes<SourceRange>(level)[row];
        TargetRange targets = build.Nodes<TargetRange>(level)[row];
        return new NaiveNode(level, x, y, z, build.Inputs(sources.Start, sources.Count, false), build.Inputs(targets.Start, targets.Count, true))
        {
            Split = !build.Nodes<NodeLinks>(level)[row].IsLeaf,
        };
    }

    private static Dictionary<(int, ulong), NaiveNode> Nodes(TreeBuild build)
    {
        Dictionary<(int, ulong), NaiveNode> nodes = [];
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            for (int row = 0; row < build.Shape.RowCount(level); row++)
            {
                NaiveNode node = Node(build, level, row);
                nodes.Add(node.Id, node);
                NodeLinks links = build.Nodes<NodeLinks>(level)[row];
                Assert.That(links.Parent, level == 0 ? Is.EqualTo(-1) : Is.GreaterThanOrEqualTo(0));
                if (level > 0)
                {
                    NodeLinks parent = build.Nodes<NodeLinks>(level - 1)[links.Parent];
                    Assert.That(parent.FirstChild, Is.EqualTo(row & ~7));
                    Assert.That(build.Nodes<NodeKey>(level - 1)[links.Parent].Value, Is.EqualTo(node.Id.Key >> 3));
                    Assert.That(row == 0 || build.Nodes<NodeKey>(level)[row - 1].Value < node.Id.Key, "rows ascend by key");
                }
            }
        }

        return nodes;
    }
}

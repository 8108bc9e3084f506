using Fmm.Components;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Tree;

/// <summary>The integer-exact list test: with unit charges and exact operators every target sums up all sources, each once.</summary>
public sealed class CoverageTests
{
    [Test]
    public void Every_leaf_receives_every_source_once(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(1, 7, 40)] int capacity, [Values(0, 5)] int directPoints, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 600, 1);
        AssertCovered(new TreeSettings(capacity) { DirectPoints = directPoints }, sources, shared ? null : PointClouds.Make(cloud, 350, 2));
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void Every_leaf_of_a_mixture_receives_every_source_once(int seed)
    {
        Random random = new(seed);
        Position[] sources = PointClouds.Mixture(random.Next(1, 800), seed);
        Position[]? targets = random.Next(2) == 0 ? null : PointClouds.Mixture(random.Next(1, 800), seed + 1);
        AssertCovered(new TreeSettings(random.Next(1, 20)) { DirectPoints = random.Next(0, 20) }, sources, targets);
    }

    [Test]
    public void Sources_and_targets_in_disjoint_regions_are_covered([Values(1, 10)] int capacity, [Values(0.5, 3, 1000)] double distance)
    {
        Position[] targets = [.. PointClouds.Make("cube", 300, 2).Select(p => new Position(p.X + distance, p.Y, p.Z - distance))];
        AssertCovered(new TreeSettings(capacity), PointClouds.Make("sphere", 300, 1), targets);
    }

    [Test]
    public void A_uniform_tree_covers_every_source([Values(0, 1, 2, 3, 4)] int depth, [Values] bool shared) =>
        AssertCovered(new TreeSettings(1, depth), PointClouds.Make("cube", 500, 1), shared ? null : PointClouds.Make("plane", 200, 2));

    [Test]
    public void A_tree_that_stops_at_a_level_covers_every_source(
        [ValueSource(typeof(PointClouds), nameof(PointClouds.Names))] string cloud, [Values(0, 1, 2, 4)] int maxLevel, [Values(0, 5)] int directPoints, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 500, 1);
        AssertCovered(new TreeSettings(3, maxLevel: maxLevel) { DirectPoints = directPoints }, sources, shared ? null : PointClouds.Make(cloud, 250, 2));
    }

    private static void AssertCovered(TreeSettings settings, Position[] sources, Position[]? targets)
    {
        using TreeBuild build = TreeBuild.Of(settings, sources, targets);
        int covered = 0;
        int[][] inherited = [];
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            int[][] local = new int[build.Shape.RowCount(level)][];
            for (int row = 0; row < local.Length; row++)
            {
                TargetRange range = build.Nodes<TargetRange>(level)[row];
                if (range.Count == 0) continue;
                // A difference array over the sorted sources: what the local expansion of the node stands for so far.
                NodeLinks links = build.Nodes<NodeLinks>(level)[row];
                int[] sum = local[row] = level == 0 ? new int[sources.Length + 1] : [.. inherited[links.Parent]];
                Add(build, sum, ListReader.V(build, level, row));
                Add(build, sum, ListReader.X(build, level, row));
                if (links.IsLeaf)
                {
                    int[] total = [.. sum];
                    Add(build, total, ListReader.U(build, level, row));
                    Add(build, total, ListReader.W(build, level, row));
                    int running = 0;
                    Assert.That(total.SkipLast(1).Select(d => running += d), Is.All.EqualTo(1), $"leaf {row} of level {level}");
                    covered += range.Count;
                }
            }

            inherited = local;
        }

        Assert.That(covered, Is.EqualTo((targets ?? sources).Length));
    }

    private static void Add(TreeBuild build, int[] differences, List<(int Level, int Row, ulong Key)> members)
    {
        foreach ((int level, int row, ulong _) in members)
        {
            SourceRange range = build.Nodes<SourceRange>(level)[row];
            differences[range.Start]++;
            differences[range.End]--;
        }
    }
}

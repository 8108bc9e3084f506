using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Tree;
using NUnit.Framework;

namespace Fmm.Tests.Choice;

/// <summary>What the sampler says of a tree, beside the tree.</summary>
public sealed class LeafSamplerTests
{
    [TestCase("cube", 0.03, 0.05)]
    [TestCase("squares", 0.12, 0.1)]
    [TestCase("sphere", 0.15, 0.25)]
    [TestCase("plane", 0.05, 0.05)]
    public void Counts_of_a_tree_are_estimated_before_it_stands(string cloud, double nearBar, double farBar)
    {
        Position[] points = Scene.Points(cloud, 30_000, 1);
        for (int i = 2; i <= 14; i += 4)
        {
            using TreeBuild build = TreeBuild.Of(new TreeSettings(LeafLadder.Capacities[i]), points);
            using LeafSampler sampler = new(new Ledger());
            sampler.Take(PointKeys.Of(build.World), surfacePoints: 152, build.Resources.Settings, Jobs.Serial);
            TreeCounts counts = sampler.Counts(i);
            (double near, double octets, double pairs) = Count(build);
            TestContext.Out.WriteLine($"{LeafLadder.Capacities[i]}: near {counts.NearSources / near:0.00} octets {counts.Octets / octets:0.00} pairs {counts.OctetPairs / pairs:0.00} leaves {counts.Leaves / build.Shape.LeafCount:0.00}");
            Assert.That(counts.NearSources, Is.EqualTo(near).Within(nearBar * near));
            Assert.That(counts.Octets, Is.EqualTo(octets).Within(farBar * octets));
            Assert.That(counts.OctetPairs, Is.EqualTo(pairs).Within(farBar * pairs));
            Assert.That(counts.Leaves, Is.EqualTo(build.Shape.LeafCount).Within(farBar * build.Shape.LeafCount));
        }
    }

    [TestCase("cube", 2, 0.03, 0.05)]
    [TestCase("sphere", 3, 0.15, 0.25)]
    [TestCase("plummer", 4, 0.3, 0.3)]
    public void Counts_stop_at_the_deepest_level(string cloud, int level, double nearBar, double farBar)
    {
        Position[] points = Scene.Points(cloud, 30_000, 1);
        using TreeBuild build = TreeBuild.Of(new TreeSettings(LeafLadder.Capacities[2], maxLevel: level), points);
        using LeafSampler sampler = new(new Ledger());
        sampler.Take(PointKeys.Of(build.World), surfacePoints: 152, build.Resources.Settings, Jobs.Serial);
        TreeCounts counts = sampler.Counts(2);
        (double near, double octets, _) = Count(build);
        TestContext.Out.WriteLine($"near {counts.NearSources / near:0.00} octets {counts.Octets / octets:0.00} leaves {counts.Leaves / build.Shape.LeafCount:0.00}");
        Assert.That(counts.NearSources, Is.EqualTo(near).Within(nearBar * near));
        Assert.That(counts.Octets, Is.EqualTo(octets).Within(farBar * octets));
        Assert.That(build.Shape.Depth, Is.EqualTo(level));
    }

    [TestCase("squares")]
    [TestCase("sphere")]
    public void Near_pairs_count_what_acts_directly_beyond_touching_leaves(string cloud)
    {
        Position[] points = Scene.Points(cloud, 30_000, 1);
        for (int i = 2; i <= 14; i += 4)
        {
            (double estimated, double pairs) textbook = Pairs(0), all = Pairs(304);
            (double estimated, double pairs) direct = (all.estimated - textbook.estimated, all.pairs - textbook.pairs);
            TestContext.Out.WriteLine($"{LeafLadder.Capacities[i]}: {all.estimated / all.pairs:0.00}, of {direct.pairs / all.pairs:0.000} directly {direct.estimated / direct.pairs:0.00}");
            Assert.That(all.estimated, Is.EqualTo(all.pairs).Within(0.15 * all.pairs));
            Assert.That(direct.estimated, Is.InRange(0.5 * direct.pairs, 2 * direct.pairs));

            (double, double) Pairs(int directPoints)
            {
                using TreeBuild build = TreeBuild.Of(new TreeSettings(LeafLadder.Capacities[i]) { DirectPoints = directPoints }, points);
                using LeafSampler sampler = new(new Ledger());
                sampler.Take(PointKeys.Of(build.World), surfacePoints: 152, build.Resources.Settings, Jobs.Serial);
                return (sampler.Counts(i).NearPairs, NearPairs(build));
            }
        }
    }

    [Test]
    public void Points_of_a_volume_and_of_a_surface_are_told_apart([Values("cube", "plummer", "sphere", "plane", "line")] string cloud)
    {
        CloudShape shape = new();
        for (int seed = 1; seed <= 30; seed++)
            Assert.That(shape.IsSurface(Scene.Points(cloud, 3000, seed)), Is.EqualTo(cloud is "sphere" or "plane" or "line"));
    }

    [Test]
    public void One_point_or_many_at_one_place_have_a_shape_too([Values(1, 2, 3, 100)] int count) =>
        Assert.That(() => new CloudShape().IsSurface(Scene.Points("coincident", count, 1)), Throws.Nothing);

    private static double NearPairs(TreeBuild build)
    {
        double pairs = 0;
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            for (int row = 0; row < build.Shape.RowCount(level); row++)
                foreach ((int memberLevel, int memberRow, ulong _) in ListReader.U(build, level, row))
                    pairs += (double)build.Nodes<TargetRange>(level)[row].Count * build.Nodes<SourceRange>(memberLevel)[memberRow].Count;
        }
        return pairs;
    }

    // Sources of all U lists, summed over leaves; octets; neighbouring octets.
    private static (double Near, double Octets, double Pairs) Count(TreeBuild build)
    {
        double near = 0, octets = 0, pairs = 0;
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            octets += build.Shape.OctetCount(level);
            if (level > 1) pairs += build.Resources.Octets.Neighbours(level).Span.ToArray().Count(other => other >= 0);
            foreach (UList list in build.Nodes<UList>(level))
            {
                for (int i = list.Start; i < list.End; i++)
                {
                    ListMember member = build.Resources.Lists.U.Span[i];
                    near += build.Nodes<SourceRange>(member.Level)[member.Row].Count;
                }
            }
        }
        return (near, octets, pairs);
    }
}

using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a report says of the tree and of the systems' work.</summary>
internal sealed class TreeReportTests
{
    [TestCase("plummer")]
    [TestCase("sphere")]
    public void Levels_add_up_to_the_tree(string cloud)
    {
        TreeReport tree = Report(cloud, 6000).Tree;
        Assert.That(tree.Levels.Sum(level => level.Nodes), Is.EqualTo(tree.Nodes));
        Assert.That(tree.Levels.Sum(level => level.Leaves), Is.EqualTo(tree.Leaves));
        Assert.That(tree.Levels.Select(level => level.Level), Is.EqualTo(Enumerable.Range(0, tree.Depth + 1)));
        Assert.That(tree.Levels.Sum(level => level.V.Members), Is.EqualTo(tree.V.Members).And.Positive);
        Assert.That(tree.U.Lists, Is.EqualTo(tree.Leaves));
        Assert.That(tree.X.Lists, Is.LessThanOrEqualTo(tree.X.Members).And.LessThan(tree.Nodes), "most nodes have none");
    }

    [Test]
    public void No_leaf_is_larger_than_its_capacity_and_some_leaf_is_not_empty()
    {
        TreeReport tree = Report("cube", 6000).Tree;
        Assert.That(tree.Levels.Max(level => level.LargestLeaf), Is.InRange(1, 40));
    }

    [Test]
    public void The_longest_list_is_at_least_as_long_as_the_mean_one()
    {
        foreach (LevelReport level in Report("plummer", 6000).Tree.Levels)
        {
            foreach (ListSizes sizes in (ListSizes[])[level.U, level.V, level.W, level.X])
                Assert.That(sizes.Largest, Is.GreaterThanOrEqualTo(sizes.Mean));
        }
    }

    [Test]
    public void Trees_of_the_same_points_are_equal_and_of_others_are_not()
    {
        TreeReport again = Report("cube", 3000).Tree;
        Assert.That(Report("cube", 3000).Tree, Is.EqualTo(again));
        Assert.That(again, Is.Not.EqualTo(Report("cube", 3500).Tree));
    }

    [Test]
    public void P2P_counts_its_pairs_and_its_columns_once()
    {
        FmmReport report = Report("cube", 3000);
        SystemWork near = report.Work.Single(work => work.System == "P2P");
        Assert.That(near.Flops, Is.GreaterThan(near.Pairs).And.Positive);
        // Three coordinates and a charge in double precision, and the potential.
        Assert.That(near.Bytes, Is.InRange(3000 * 5 * sizeof(double), 3000 * 40 * sizeof(double)));
        Assert.That(report.Work.Select(work => work.System), Is.EqualTo(report.Seconds.BySystem.Select(one => one.Key)));
    }

    private static FmmReport Report(string cloud, int count)
    {
        Scene scene = Scene.Of(cloud, count);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 4, LeafCapacity = 40, Threads = 2 });
        solver.SetPoints(scene.Sources);
        solver.Evaluate(scene.Charges, new double[count]);
        return solver.Report;
    }
}

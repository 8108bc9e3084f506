using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Tree;

/// <summary>The tree's part of the standing suites: determinism, allocation, cost.</summary>
public sealed class TreeRepeatTests
{
    [Test]
    public void The_tree_has_the_same_bits_for_every_number_of_threads(
        [Values("plummer", "sphere", "corners")] string cloud, [Values] bool shared)
    {
        Position[] sources = PointClouds.Make(cloud, 40000, 1);
        Position[]? targets = shared ? null : PointClouds.Make(cloud, 20000, 2);
        string? expected = null;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using ThreadDispatcher dispatcher = new(threads);
            using TreeBuild build = new(new TreeSettings(20), dispatcher);
            build.Set(sources, targets);
            build.Update();
            string bits = Fingerprint(build);
            Assert.That(bits, Is.EqualTo(expected ??= bits), $"{threads} threads");
        }
    }

    [Test]
    public void A_warm_rebuild_allocates_nothing_on_any_thread([Values(1, 2)] int threads)
    {
        Position[][] clouds = [PointClouds.Make("plummer", 3000, 1), PointClouds.Make("cube", 2000, 2), PointClouds.Make("sphere", 2500, 2)];
        using ThreadDispatcher dispatcher = new(threads);
        using TreeBuild build = new(new TreeSettings(30), dispatcher);
        for (int round = 0; round < 12; round++) Step(round);
        // The count is the process's, and the test host allocates every 100 ms or so: short tries, of which the least counts.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 50 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int round = 0; round < 6; round++) Step(round);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.That(least, Is.Zero);

        void Step(int round)
        {
            build.Set(clouds[round % 3], round % 2 == 0 ? null : clouds[(round + 1) % 3]);
            build.Update();
        }
    }

    [Test]
    public void A_full_lattice_has_the_counts_of_a_full_octree()
    {
        Position[] points = [.. Enumerable.Range(0, 512).Select(i => new Position(i % 8, i / 8 % 8, i / 64))];
        using TreeBuild build = TreeBuild.Of(new TreeSettings(1), points);
        Assert.That((build.Shape.Depth, build.Shape.NodeCount, build.Shape.TotalRows, build.Shape.LeafCount), Is.EqualTo((3, 585, 585, 512)));

        // Along an axis n cells have 3 n - 2 touching pairs, themselves included: 22 for 8 cells, 10 for 4. U takes the product over the
        // axes. V pairs of a level are the pairs of children of touching parents, 4 (3 n / 2 - 2) an axis, less the touching pairs.
        Assert.That(build.Resources.Lists.U.Length, Is.EqualTo(22 * 22 * 22));
        Assert.That(build.Resources.Octets.PairCount, Is.EqualTo((long)((16 * 16 * 16) - (10 * 10 * 10)) + ((40 * 40 * 40) - (22 * 22 * 22))));
        Assert.That(build.Resources.Mixed.W.Length + build.Resources.Mixed.X.Length, Is.Zero);
    }

    [Test]
    public void Two_points_in_opposite_corners_split_the_root_only()
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(1), [new Position(0, 0, 0), new Position(1, 1, 1)]);
        Assert.That((build.Shape.Depth, build.Shape.NodeCount, build.Shape.TotalRows, build.Shape.LeafCount), Is.EqualTo((1, 3, 9, 2)));
        Assert.That(build.Resources.Lists.U.Length, Is.EqualTo(4));
    }

    [Test]
    public void Coincident_points_are_one_leaf_where_they_are_alone([Values(3, 21)] int maxLevel)
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(4, maxLevel: maxLevel), PointClouds.Make("coincident", 50, 1));
        Assert.That((build.Shape.Depth, build.Shape.LeafCount, build.Shape.NodeCount), Is.EqualTo((0, 1, 1)));
        Position[] two = [.. Enumerable.Range(0, 50).Select(i => new Position(i % 2, 0, 0))];
        using TreeBuild apart = TreeBuild.Of(new TreeSettings(4, maxLevel: maxLevel), two);
        Assert.That((apart.Shape.Depth, apart.Shape.LeafCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public void W_and_X_lists_are_transposes()
    {
        using TreeBuild build = TreeBuild.Of(new TreeSettings(3), PointClouds.Make("plummer", 2000, 1));
        Assert.That(build.Resources.Mixed.W.Length, Is.GreaterThan(100));
        Assert.That(build.Resources.Mixed.X.Length, Is.EqualTo(build.Resources.Mixed.W.Length));
    }

    private static string Fingerprint(TreeBuild build)
    {
        HashCode hash = default;
        for (int level = 0; level <= build.Shape.Depth; level++)
        {
            Add<NodeKey>(level);
            Add<NodeLinks>(level);
            Add<SourceRange>(level);
            Add<TargetRange>(level);
            Add<UList>(level);
            Add<WList>(level);
            Add<XList>(level);
            Add<VCount>(level);
            hash.AddBytes(MemoryMarshal.AsBytes(build.Resources.Octets.Neighbours(level).Span));
        }

        hash.AddBytes(MemoryMarshal.AsBytes(build.Resources.Lists.U.Span));
        hash.AddBytes(MemoryMarshal.AsBytes(build.Resources.Mixed.W.Span));
        hash.AddBytes(MemoryMarshal.AsBytes(build.Resources.Mixed.X.Span));
        hash.AddBytes(MemoryMarshal.AsBytes(build.World.Points<SourceTag, InputIndex>()));
        hash.AddBytes(MemoryMarshal.AsBytes(build.World.Points<TargetTag, InputIndex>()));
        hash.AddBytes(MemoryMarshal.AsBytes(build.World.Points<TargetTag, RelativeX<double>>()));
        return $"{hash.ToHashCode():X} {build.Shape.NodeCount} {build.Resources.Lists.U.Length}";

        void Add<T>(int level) where T : unmanaged => hash.AddBytes(MemoryMarshal.AsBytes(build.Nodes<T>(level)));
    }
}

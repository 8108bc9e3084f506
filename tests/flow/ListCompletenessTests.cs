using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of its properties.

/// <summary>
/// The integer-exact list test: with K = 1 and unit charges the operators are exact, so every target counts all sources.
/// A pair that a list forgets or takes twice changes a total by at least 1.
/// </summary>
public sealed class ListCompletenessTests
{
    private static readonly string[] _clouds = ["cube", "sphere", "plummer", "squares", "line", "plane", "far", "apart", "coincident", "corners"];

    [Test]
    public void Every_target_counts_every_source_once(
        [Values("cube", "sphere", "plummer", "squares", "line", "plane", "far", "coincident", "corners")] string cloud,
        [Values(1, 7, 40)] int capacity, [Values] Precision precision) =>
        Complete(new Scene(Scene.Points(cloud, 3000, 1), Ones(3000)), new FmmOptions { Order = 2, LeafCapacity = capacity, Precision = precision });

    [Test]
    public void Every_target_counts_every_source_once_when_they_differ(
        [Values("cube", "plummer", "corners", "plane")] string sources,
        [Values("squares", "sphere", "apart", "corners", "coincident", "line")] string targets,
        [Values(3, 30)] int capacity) =>
        Complete(
            new Scene(Scene.Points(sources, 2000, 1), Ones(2000), Scene.Points(targets, 1500, 2)),
            new FmmOptions { Order = 2, LeafCapacity = capacity });

    [Test]
    public void Every_target_counts_every_source_once_in_uniform_trees(
        [Values(0, 1, 2, 3, 4, 6, 21)] int depth, [Values("cube", "sphere", "corners")] string cloud) =>
        Complete(new Scene(Scene.Points(cloud, 200, 1), Ones(200)), new FmmOptions { Order = 2, UniformDepth = depth });

    [Test]
    public void Every_target_counts_every_source_once_with_the_dense_strategy([Values(2, 4)] int order) => Complete(
        new Scene(Scene.Points("squares", 2500, 1), Ones(2500)),
        new FmmOptions { Order = order, LeafCapacity = 20, Transfer = TransferStrategy.Dense });

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void Every_target_counts_every_source_once_whatever_the_points(
        ushort sources, ushort targets, byte capacity, byte kinds, bool shared, byte order, byte outlier)
    {
        string from = _clouds[kinds % 10], to = _clouds[kinds / 10 % 10];
        Position[] points = Scene.Points(from, 1 + (sources % 1500), sources);
        // One point far out makes the rest a cluster: empty levels, leaves of very different size.
        if (outlier > 128) points[0] = new Position(Math.Pow(2, outlier - 135), -3, 7);
        Complete(
            new Scene(points, Ones(points.Length), shared ? null : Scene.Points(to, 1 + (targets % 1500), targets)),
            new FmmOptions { Order = 2 + (order % 3), LeafCapacity = 1 + (capacity % 60) });
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static void Complete(Scene scene, FmmOptions options)
    {
        double[] totals = scene.Solve(default(Counting), options).Potentials;
        Assert.That(totals, Has.Length.EqualTo(scene.TargetCount));
        Dictionary<(double, double, double), int> at = scene.Sources.GroupBy(p => (p.X, p.Y, p.Z)).ToDictionary(group => group.Key, group => group.Count());
        Position[] targets = scene.Targets ?? scene.Sources;
        // A pair at distance zero contributes nothing, even where the kernel by itself gives something.
        double[] expected = [.. targets.Select(p => (double)(scene.Sources.Length - at.GetValueOrDefault((p.X, p.Y, p.Z))))];
        Assert.That(totals.Zip(expected).Where(pair => !(Math.Abs(pair.First - pair.Second) < 0.5)), Is.Empty);
    }
}

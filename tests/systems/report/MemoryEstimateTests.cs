using System.Globalization;
using System.Text.RegularExpressions;
using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The estimate of memory against what runs took.</summary>
internal sealed class MemoryEstimateTests
{
    private const double Honest = 0.35;

    [Test]
    public void ItIsNearThePeakOfARun(
        [Values("cube", "sphere")] string cloud, [Values(100_000, 400_000)] int count, [Values(4, 6, 8)] int order,
        [Values(Precision.Single, Precision.Double)] Precision precision, [Values] bool gradient) =>
        Compare(new Laplace(), cloud, count, null, new FmmOptions { Order = order, Precision = precision, Gradient = gradient, Threads = 2 });

    [TestCase("sphere", 10)]
    [TestCase("cube", 40)]
    [TestCase("cube", 300)]
    [TestCase("sphere", 1000)]
    public void ItFollowsALeafThatIsGiven(string cloud, int leaf) => Compare(new Laplace(), cloud, 200_000, null, new FmmOptions { LeafCapacity = leaf, Threads = 2 });

    [TestCase("sphere", 3, 40)]
    [TestCase("cube", 3, 40)]
    [TestCase("cube", 4, 20)]
    [TestCase("sphere", 2, null)]
    public void ItFollowsADeepestLevel(string cloud, int level, int? leaf)
    {
        FmmOptions options = new() { Order = 5, LeafCapacity = leaf, MaxLevel = level, Threads = 2 };
        Compare(new Laplace(), cloud, 60_000, null, options);
        Compare(new Yukawa(1), cloud, 60_000, null, options);
    }

    [TestCase(TransferStrategy.Fft)]
    [TestCase(TransferStrategy.Dense)]
    [TestCase(TransferStrategy.Compressed)]
    public void ItFollowsTheStrategy(TransferStrategy transfer) =>
        Compare(new Laplace(), "sphere", 200_000, null, new FmmOptions { Order = 7, LeafCapacity = 200, Transfer = transfer, Threads = 2 });

    // On the managed heap, which the ledger does not see.
    [Test]
    public void OfLowRankItCountsTheDecompositionToo()
    {
        long singularVectors = sizeof(double) * 316L * 218 * 50;
        Assert.That(MemoryEstimate.Of(new Laplace(), new FmmOptions { Order = 7, Rank = 50 }, 200_000).Operators, Is.InRange(2 * singularVectors, 7 * singularVectors));
    }

    [Test]
    public void ItKnowsVectorsAndTargetsApart()
    {
        Compare(new Stokes(1), "cube", 150_000, null, new FmmOptions { Order = 5, Threads = 2 });
        Compare(new Laplace(), "cube", 200_000, 300_000, new FmmOptions { Gradient = true, Threads = 2 });
        Compare(new Yukawa(1), "sphere", 300_000, null, new FmmOptions { Order = 5, Threads = 2 });
    }

    [TestCase(4, PeriodicAxes.XYZ, 1, 1, 1)]
    [TestCase(10, PeriodicAxes.XYZ, 1, 1, 1)]
    [TestCase(8, PeriodicAxes.XY, 1, 1, 1)]
    [TestCase(10, PeriodicAxes.XYZ, 1, 0.125, 1)]
    public void ItFollowsABoxThatRepeats(int order, PeriodicAxes axes, double x, double y, double z)
    {
        FmmOptions options = new() { Order = order, Gradient = true, Threads = 2, Periodic = new PeriodicBox(default, new Position(x, y, z), axes) };
        Compare(new Laplace(), "cube", 60_000, null, options);
        Compare(new Yukawa(2), "cube", 60_000, null, options with { Order = Math.Min(order, 6) });
        Compare(new Laplace(), "sphere", 60_000, null, options);
    }

    // Few points, so that hardly anything else is there.
    [TestCase(12, PeriodicAxes.XYZ, 1, 1, 1)]
    [TestCase(12, PeriodicAxes.XY, 1, 1, 0)]
    [TestCase(12, PeriodicAxes.X, 1, 0, 0)]
    [TestCase(12, PeriodicAxes.XY, 1, 0.25, 0)]
    public void OfImagesItCountsWhatTheirTablesTake(int order, PeriodicAxes axes, double x, double y, double z)
    {
        PeriodicBox box = new(default, new Position(x, y, z), axes);
        FmmOptions options = new() { Order = order, Threads = 1, Periodic = box };
        using FmmSolver solver = FmmSolver.Create(new Laplace(), options);
        solver.SetPoints([.. Draw("cube", 300, 1).Select(at => new Position(at.X * x, at.Y * y, at.Z * 0.5))]);
        solver.Evaluate(PointClouds.Charges(300, 1), new double[300]);
        long images = Regex.Matches(solver.World.Ledger.Report(), @"images: .*: (\d+) bytes").Sum(one => long.Parse(one.Groups[1].Value, CultureInfo.InvariantCulture));
        double told = ImageMemory.Bytes(new Laplace(), box, solver.Method.ExpansionSizes, sizeof(double));
        Assert.That(images, Is.Positive);
        Assert.That(told / images, Is.InRange(0.8, 1.05));
        long difference = MemoryEstimate.Of(new Laplace(), options, 300).Operators - MemoryEstimate.Of(new Laplace(), options with { Periodic = null }, 300).Operators;
        Assert.That(difference, Is.EqualTo(told).Within(10).Percent);
    }

    [Test]
    public void AKernelWithoutImagesIsRefusedAsTheRunRefusesIt() => Assert.That(
        () => MemoryEstimate.Of(new Stokes(1), new FmmOptions { Periodic = PeriodicBox.Cube(1) }, 100), Throws.TypeOf<FmmOptionException>().With.Message.Contains("no sum over images"));

    [Test]
    public void ItGrowsWithThePointsAndNeverOverflows()
    {
        long small = MemoryEstimate.Of(new Laplace(), new FmmOptions(), 1_000_000).Total, large = MemoryEstimate.Of(new Laplace(), new FmmOptions(), 536_870_912).Total;
        Assert.That(large / (double)small, Is.InRange(300, 600));
        Assert.That(MemoryEstimate.Of(new Stokes(1), new FmmOptions { Order = 16, LeafCapacity = 1, Gradient = true }, long.MaxValue / 2).Total, Is.Positive);
    }

    [TestCase(0, 5)]
    [TestCase(5, 0)]
    public void NoPointsAreRefused(int sources, int targets) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryEstimate.Of(new Laplace(), new FmmOptions(), sources, targets));

    private static void Compare<TKernel>(TKernel kernel, string cloud, int count, int? targets, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        // A tree for these very points, whatever this machine is fast at.
        options = options with { Calibration = new Calibration(1, 1) };
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        if (targets is int others) solver.SetPoints(Draw(cloud, count, 1), Draw(cloud, others, 2));
        else solver.SetPoints(Draw(cloud, count, 1));
        ExpansionSizes expansion = solver.Method.ExpansionSizes;
        double[] potentials = new double[(targets ?? count) * expansion.PotentialComponents];
        solver.Evaluate(PointClouds.Charges(count * expansion.SourceComponents, 1), potentials, new double[options.Gradient ? 3 * potentials.Length : 0]);
        MemoryEstimate estimate = MemoryEstimate.Of(kernel, options, count, targets);
        double ratio = estimate.Total / (double)solver.World.Ledger.PeakBytes;
        Assert.That(ratio, Is.InRange(1 - Honest, 1 + Honest), $"{estimate} against {solver.World.Ledger.PeakBytes} with leaves of {solver.Report.Leaf}");
    }

    private static Position[] Draw(string cloud, int count, long seed) =>
        cloud == "cube" ? PointClouds.Draw(default(UnitCube), count, seed) : PointClouds.Draw(default(UnitSphere), count, seed);
}

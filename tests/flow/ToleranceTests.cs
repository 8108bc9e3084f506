using Fmm.Systems;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Flow;

public sealed class ToleranceTests
{
    [Test]
    public void A_tolerance_is_kept(
        [Values("cube", "sphere", "plummer", "squares", "plane")] string cloud, [Values(1e-2, 1e-4, 1e-6, 1e-9)] double tolerance)
    {
        double error = Scene.Of(cloud, 5000).Error(default(Laplace), new FmmOptions { Tolerance = tolerance }).Potential;
        TestContext.Out.WriteLine($"{error:e2}");
        Assert.That(error, Is.LessThanOrEqualTo(tolerance));
    }

    [Test]
    public void A_tolerance_is_kept_in_single_precision([Values("cube", "plummer", "squares")] string cloud, [Values(1e-2, 1e-4, 2e-6)] double tolerance)
    {
        FmmOptions options = new() { Tolerance = tolerance, Precision = Precision.Single };
        double error = Scene.Of(cloud, 5000).Error(default(Laplace), options).Potential;
        TestContext.Out.WriteLine($"{error:e2}");
        Assert.That(error, Is.LessThanOrEqualTo(tolerance));
    }

    [Test]
    public void A_tolerance_is_kept_by_Yukawa([Values(1e-3, 1e-6)] double tolerance)
    {
        double error = Scene.Of("cube", 5000).Error(new Yukawa(5), new FmmOptions { Tolerance = tolerance }).Potential;
        TestContext.Out.WriteLine($"{error:e2}");
        Assert.That(error, Is.LessThanOrEqualTo(tolerance));
    }

    [FsCheck.NUnit.Property(MaxTest = 12)]
    public void A_tolerance_is_kept_whatever_it_is(ushort exponent, byte cloud, ushort seed)
    {
        double tolerance = Math.Pow(10, -1.5 - (exponent % 1000 * 0.0085));
        string[] clouds = ["cube", "sphere", "plummer", "squares", "plane", "corners"];
        Scene scene = Scene.Of(clouds[cloud % clouds.Length], 4000, seed: seed);
        double error = scene.Error(default(Laplace), new FmmOptions { Tolerance = tolerance }, samples: 1000).Potential;
        Assert.That(error, Is.LessThanOrEqualTo(tolerance), $"{clouds[cloud % clouds.Length]}, seed {seed}");
    }

    [Test]
    public void A_tolerance_is_kept_by_charges_of_one_sign([Values("cube", "sphere", "plummer")] string cloud, [Values(1e-3, 1e-7)] double tolerance)
    {
        Scene scene = new(Scene.Points(cloud, 5000, 1), [.. Enumerable.Repeat(1.0, 5000)]);
        Assert.That(scene.Error(default(Laplace), new FmmOptions { Tolerance = tolerance }).Potential, Is.LessThanOrEqualTo(tolerance));
    }

    [Test]
    public void A_smaller_tolerance_never_takes_a_smaller_order()
    {
        int last = 0;
        for (double tolerance = 0.1; tolerance >= 1e-13; tolerance /= 3)
        {
            int order = new FmmOptions { Tolerance = tolerance }.ResolveOrder();
            Assert.That(order, Is.InRange(Math.Max(last, FmmOptions.SmallestOrder), FmmOptions.LargestOrder));
            last = order;
        }
    }
}
